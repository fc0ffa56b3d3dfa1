/// Messages that wait to be read, a line each.
///
/// One message is one line: a newline inside of it becomes a blank, so that the text of a request
/// cannot make a line of its own.
package struct MessageBuffer: Sendable {
  private var bytes: [UInt8] = []
  /// The number of bytes that have been read.
  private var start = 0
  /// The number of messages that were appended.
  package private(set) var messages = 0

  package init() {}

  /// The number of bytes to be read.
  package var count: Int { bytes.count - start }

  /// Appends a message, without the newlines and NUL bytes at its end.
  ///
  /// - Parameter label: what stands before it, whose end must be marked; `nil` for nothing.
  package mutating func append(
    _ message: UnsafeRawBufferPointer, label: UnsafeRawBufferPointer? = nil
  ) {
    if let label { bytes.append(contentsOf: label) }
    let end = message.lastIndex { $0 != UInt8(ascii: "\n") && $0 != 0 }.map { $0 + 1 } ?? 0
    let text = UnsafeRawBufferPointer(rebasing: message[..<end])
    let first = bytes.count
    bytes.append(contentsOf: text)
    if let newline = text.firstIndex(ofByte: UInt8(ascii: "\n")) {
      for index in (first + newline)..<bytes.count where bytes[index] == UInt8(ascii: "\n") {
        bytes[index] = UInt8(ascii: " ")
      }
    }
    bytes.append(UInt8(ascii: "\n"))
    messages += 1
  }

  /// Moves bytes into a buffer, as many as fit.
  ///
  /// - Returns: their number.
  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let part = bytes[start...].prefix(buffer.count)
    buffer.copyBytes(from: part)
    start += part.count
    if start == bytes.count {
      // A buffer that has grown large is not kept for each of a thousand peers.
      bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity)
      start = 0
    } else if start > bytes.count / 2 {
      bytes.removeFirst(start)
      start = 0
    }
    return part.count
  }

  /// Removes everything that has not been read.
  ///
  /// - Returns: the number of messages of which the end was not read.
  package mutating func removeAll() -> Int {
    let unread = bytes[start...].count { $0 == UInt8(ascii: "\n") }
    bytes.removeAll()
    start = 0
    return unread
  }

  private static let keptCapacity = 16_384
}
