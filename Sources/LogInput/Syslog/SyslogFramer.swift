import AccessLog
import Glibc

/// Cuts the bytes of a connection into messages, whatever the sizes of the reads. (RFC 6587)
///
/// The first bytes tell the framing: a number and a blank begin a message of that length (octet
/// counting), anything else is a line up to its newline, also if it begins with a digit.
package struct SyslogFramer: Sendable {
  /// A message up to this length counts, in bytes. Of a longer one a byte more is kept, so that it is
  /// counted as oversize.
  package static let longestMessage = 65_536
  /// No message is said to be longer than this, in bytes: such a length is a mistake, or an attack.
  static let longestCount = 1 << 20

  private enum State: Sendable, Equatable {
    /// Nothing tells the framing yet.
    case start
    /// In a line.
    case line
    /// Before a message, or in its length: the value of the digits so far.
    case count(Int?)
    /// In a message of which so many bytes are to come.
    case message(Int)
  }

  private var state = State.start
  /// The beginning of the message that is not complete.
  private var partial: [UInt8] = []

  package init() {}

  /// Adds bytes of the connection, and appends the messages that they complete.
  ///
  /// - Throws: what is wrong with them; no byte behind that can be understood.
  package mutating func add(
    _ bytes: UnsafeRawBufferPointer, to messages: inout MessageBuffer
  ) throws(FramingFault) {
    var rest = bytes
    while !rest.isEmpty {
      switch state {
      case .start: try readStart(&rest)
      case .line: readLine(&rest, &messages)
      case .count(let value): try readCount(&rest, value)
      case .message(let length): readMessage(&rest, length, &messages)
      }
    }
  }

  /// Ends the connection in order: the last line need not have a newline.
  ///
  /// - Throws: `.cutMessage` if a counted message is not complete; it does not count.
  package mutating func finish(to messages: inout MessageBuffer) throws(FramingFault) {
    switch state {
    case .start, .line:
      if !partial.isEmpty { deliver(&messages) }
    case .count(nil): return
    case .count, .message: throw .cutMessage
    }
  }

  /// Whether the connection is in the middle of a message.
  package var isInMessage: Bool {
    switch state {
    case .start, .line: !partial.isEmpty
    case .count(let value): value != nil
    case .message: true
    }
  }

  // MARK: - The framing

  private mutating func readStart(
    _ rest: inout UnsafeRawBufferPointer
  ) throws(FramingFault) {
    let byte = rest[0]
    switch byte {
    case UInt8(ascii: "1")...UInt8(ascii: "9"), UInt8(ascii: "0"):
      if partial == [UInt8(ascii: "-")] { throw .invalidLength }
      // A longer number is no length, and a line need not be in the syslog format.
      state = partial.isEmpty && byte == UInt8(ascii: "0") || partial.count > 20 ? .line : .start
      partial.append(byte)
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
    case UInt8(ascii: "-") where partial.isEmpty:
      partial.append(byte)
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
    case UInt8(ascii: " ") where !partial.isEmpty && partial[0] != UInt8(ascii: "-"):
      let count = partial.reduce(0) { min(Self.longestCount + 1, $0 * 10 + Int($1 & 0xF)) }
      try begin(count)
      partial.removeAll()
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
    default:
      state = .line
    }
  }

  private mutating func begin(_ count: Int) throws(FramingFault) {
    guard count <= Self.longestCount else { throw .excessiveLength }
    state = .message(count)
  }

  private mutating func readCount(
    _ rest: inout UnsafeRawBufferPointer, _ value: Int?
  ) throws(FramingFault) {
    let byte = rest[0]
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9") where value != nil || byte != UInt8(ascii: "0"):
      // Capped: a length of any number of digits cannot overflow.
      state = .count(min(Self.longestCount + 1, (value ?? 0) * 10 + Int(byte & 0xF)))
    case UInt8(ascii: " ") where value != nil: try begin(value ?? 0)
    // Some senders write one more newline behind a message.
    case UInt8(ascii: "\n") where value == nil: break
    default: throw .invalidLength
    }
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
  }

  // MARK: - Messages

  private mutating func readLine(
    _ rest: inout UnsafeRawBufferPointer, _ messages: inout MessageBuffer
  ) {
    guard let length = rest.firstIndex(ofByte: UInt8(ascii: "\n")) else {
      keep(rest)
      rest = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let line = UnsafeRawBufferPointer(rebasing: rest[..<length])
    rest = UnsafeRawBufferPointer(rebasing: rest[(length + 1)...])
    complete(line, &messages)
  }

  private mutating func readMessage(
    _ rest: inout UnsafeRawBufferPointer, _ length: Int, _ messages: inout MessageBuffer
  ) {
    let part = UnsafeRawBufferPointer(rebasing: rest.prefix(length))
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(length))
    guard part.count == length else {
      keep(part)
      state = .message(length - part.count)
      return
    }
    complete(part, &messages)
    state = .count(nil)
  }

  /// Delivers a message that ends with some bytes.
  private mutating func complete(_ end: UnsafeRawBufferPointer, _ messages: inout MessageBuffer) {
    if partial.isEmpty {
      messages.append(UnsafeRawBufferPointer(rebasing: end.withoutLeadingNULs.prefix(Self.kept)))
    } else {
      keep(end)
      deliver(&messages)
    }
  }

  /// The number of bytes of a message that are kept.
  private static let kept = longestMessage + 1

  private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
    // They are the hole that a truncation left in a file.
    let bytes = partial.isEmpty ? bytes.withoutLeadingNULs : bytes
    partial += bytes.prefix(max(0, Self.kept - partial.count))
  }

  private mutating func deliver(_ messages: inout MessageBuffer) {
    partial.withUnsafeBytes { messages.append($0) }
    partial.removeAll(keepingCapacity: partial.capacity <= 4096)
  }
}

extension UnsafeRawBufferPointer {
  /// The index of the first such byte. (memchr(3))
  func firstIndex(ofByte byte: UInt8) -> Int? {
    guard let start = baseAddress, let found = memchr(start, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - start
  }

  var withoutLeadingNULs: UnsafeRawBufferPointer {
    guard first == 0 else { return self }
    return UnsafeRawBufferPointer(rebasing: self[(firstIndex { $0 != 0 } ?? count)...])
  }
}
