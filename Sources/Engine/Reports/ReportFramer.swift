import AccessLog

/// Splits the bytes of a stream of reports into lines. A report may be longer than a block.
struct ReportFramer: Sendable {
  /// The beginning of a line whose end has not been read.
  private var partial: [UInt8] = []
  /// Whether the rest of the current line is skipped, because it is too long.
  private var isSkipping = false

  /// Splits the next bytes.
  ///
  /// - Parameters:
  ///   - isLast: whether the file ends with them: a line without a newline counts.
  ///   - body: called with each line that is not blank; with `nil` for one that is too long.
  mutating func add(
    _ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (ArraySlice<UInt8>?) -> Void
  ) {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      append(rest[..<end], body)
      endLine(body)
      rest = rest[(end + 1)...]
    }
    append(rest, body)
    if isLast { endLine(body) }
  }

  /// Forgets the beginning of a line that will not be continued.
  mutating func reset() {
    partial.removeAll()
    isSkipping = false
  }

  private mutating func append(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ body: (ArraySlice<UInt8>?) -> Void
  ) {
    guard !isSkipping else { return }
    if partial.count + bytes.count > SentReport.messageLimit {
      partial.removeAll()
      isSkipping = true
      body(nil)
    } else {
      partial += bytes
    }
  }

  private mutating func endLine(_ body: (ArraySlice<UInt8>?) -> Void) {
    if partial.last == UInt8(ascii: "\r") { partial.removeLast() }
    if partial.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) {
      body(partial[...])
    }
    partial.removeAll(keepingCapacity: true)
    isSkipping = false
  }
}

/// What a source brings, which its first line tells.
enum SourceContent: Sendable {
  /// Too few bytes have been read to tell.
  case unknown
  case lines
  case reports(ReportFramer)

  /// - Parameter isAll: whether no more bytes will follow.
  init(firstBytes bytes: UnsafeBufferPointer<UInt8>, isAll: Bool) {
    let prefix = SentReport.beginning
    if bytes.starts(with: prefix) {
      self = .reports(ReportFramer())
    } else if !isAll, prefix.starts(with: bytes) {
      self = .unknown
    } else {
      self = .lines
    }
  }
}
