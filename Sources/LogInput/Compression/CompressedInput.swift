import AccessLog

/// The bytes of a compressed file, read in order through a buffer.
final class CompressedInput {
  private static let bufferLength = 1 << 16

  private(set) var file: UnchangingFile
  private let buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: bufferLength, alignment: 16)
  /// The part of the buffer that was not consumed.
  private var unread = 0..<0
  /// The offset in the file of the next byte to be read into the buffer.
  private var offset: Int64 = 0
  private var hasEnded = false

  init(_ file: UnchangingFile) {
    self.file = file
  }

  deinit { buffer.deallocate() }

  /// The offset in the file of the next byte to be consumed.
  var position: Int64 { offset - Int64(unread.count) }

  /// The next bytes, as many as the buffer has; none only at the end of the file.
  func next() throws(InputFailure) -> UnsafeRawBufferPointer {
    if unread.isEmpty { try fill() }
    return UnsafeRawBufferPointer(rebasing: buffer[unread])
  }

  /// The next `count` bytes; fewer only at the end of the file.
  func peek(_ count: Int) throws(InputFailure) -> [UInt8] {
    while unread.count < count, !hasEnded { try fill() }
    return Array(buffer[unread].prefix(count))
  }

  func consume(_ count: Int) {
    unread = unread.lowerBound + count..<unread.upperBound
  }

  private func fill() throws(InputFailure) {
    guard !hasEnded else { return }
    // What is left moves to the front.
    let rest = unread.count
    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[unread]))
    unread = 0..<rest
    let free = UnsafeMutableRawBufferPointer(rebasing: buffer[rest...])
    let count = try file.read(into: free, at: offset)
    hasEnded = count == 0
    unread = 0..<rest + count
    offset += Int64(count)
  }
}

// MARK: - The file

extension CompressedInput {
  /// Checks that the file still contains what was read.
  func checkUnchanged() throws(InputFailure) { try file.checkUnchanged() }

  /// Adds a notice, once, if the path no longer leads to the file.
  func reportMovedPath() { file.reportMovedPath() }

  /// The problems that were worked around since the last call.
  func drainNotices() -> [Notice] { file.drainNotices() }
}
