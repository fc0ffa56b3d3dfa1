/// The identity of a file, which does not depend on its name.
///
/// The inode number of a deleted file is soon reused, so the identity includes the creation time
/// where the file system has one.
package struct FileIdentity: Hashable, Sendable {
  /// The number of the device.
  package var device: UInt64
  /// The number of the inode.
  package var inode: UInt64
  /// The creation time in nanoseconds since 1970; 0 if the file system does not have it.
  package var birth: Int64

  /// Creates an identity.
  package init(device: UInt64, inode: UInt64, birth: Int64) {
    self.device = device
    self.inode = inode
    self.birth = birth
  }
}
