import AccessLog

@testable import LogInput

extension FileWatch {
  /// Processes all events.
  ///
  /// - Returns: whether an event concerns a watched file.
  func drain() -> Bool {
    let names = drainNameEvents()
    return drainContentEvents() || names
  }
}

extension ByteSource {
  /// Reads all available bytes, with `|` for a boundary and `$` for the end.
  func drain(block: Int = 1 << 16) throws -> String {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: block, alignment: 16)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while true {
      switch try read(into: buffer) {
      case .bytes(let count): bytes += buffer[..<count]
      case .boundary, .cut: bytes.append(0x7C)
      case .caughtUp, .pending: return String(decoding: bytes, as: UTF8.self)
      case .end: return String(decoding: bytes + [0x24], as: UTF8.self)
      }
    }
  }
}
