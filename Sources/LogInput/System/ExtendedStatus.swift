/// `struct statx` of statx(2), whose layout is the same on every architecture.
struct ExtendedStatus {
  private struct Time {
    var seconds: Int64 = 0
    var nanoseconds: UInt32 = 0
    var reserved: Int32 = 0

    var value: Int64 { seconds &* 1_000_000_000 &+ Int64(nanoseconds) }
  }

  private var mask: UInt32 = 0
  private var blockSize: UInt32 = 0
  private var attributes: UInt64 = 0
  private var links: UInt32 = 0
  private var owner: UInt32 = 0
  private var group: UInt32 = 0
  private var mode: UInt16 = 0
  private var spare: UInt16 = 0
  private var inode: UInt64 = 0
  private var size: UInt64 = 0
  private var blocks: UInt64 = 0
  private var attributesMask: UInt64 = 0
  private var accessed = Time()
  private var born = Time()
  private var changed = Time()
  private var modified = Time()
  private var node: (UInt32, UInt32) = (0, 0)
  private var device: (UInt32, UInt32) = (0, 0)
  // Fields that later kernels add.
  private var rest:
    (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) =
      (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  private var end: (UInt64, UInt64) = (0, 0)

  init() {}

  var status: FileStatus {
    let hasBirth = mask & 0x800 != 0
    return FileStatus(
      identity: FileIdentity(
        device: UInt64(device.0) << 32 | UInt64(device.1), inode: inode,
        birth: hasBirth ? born.value : 0),
      kind: FileStatus.Kind(mode: UInt32(mode), node: node), size: Int64(clamping: size),
      modified: modified.value, links: links)
  }
}
