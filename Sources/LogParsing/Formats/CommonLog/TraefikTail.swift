/// What Traefik appends to the combined log format: a count of requests, the router and the server in
/// quotes, and the time to answer: `17203 "blog@docker" "http://172.19.0.4:8080" 12ms`.
///
/// Traefik escapes no quotes, so that a client could shift these fields if they were looked for behind
/// the user agent. None of them comes from a client, so they are read from the end of the line.
enum TraefikTail {
  /// The time to answer in microseconds; `nil` if the line does not end like that.
  @inline(__always)
  static func latency(endOf line: TextRange) -> Int64? {
    guard line.count > 16, line.start[line.count - 1] == UInt8(ascii: "s"),
      line.start[line.count - 2] == UInt8(ascii: "m"), line.start[line.count - 3].isDigit
    else { return nil }
    return milliseconds(endOf: line).map { $0 * 1000 }
  }

  /// - Parameter line: ends in a digit and `ms`.
  private static func milliseconds(endOf line: TextRange) -> Int64? {
    let end = line.count - 2
    var index = end
    while index > 0, line[index - 1].isDigit { index -= 1 }
    // A longer time would overflow in microseconds.
    guard end - index <= 12, let time = Numbers.whole(line.start + index, count: end - index)
    else { return nil }
    for _ in 0..<2 {
      guard index > 1, line[index - 1] == .space, line[index - 2] == .quote,
        let opening = line.prefix(index - 2).lastIndex(of: .quote)
      else { return nil }
      index = opening
    }
    guard index > 1, line[index - 1] == .space, line[index - 2].isDigit else { return nil }
    index -= 2
    while index > 0, line[index - 1].isDigit { index -= 1 }
    return index > 1 && line[index - 1] == .space && line[index - 2] == .quote ? time : nil
  }
}

extension TextRange {
  /// The index of the last such byte; `nil` if there is none.
  fileprivate func lastIndex(of byte: UInt8) -> Int? {
    var index = count
    while index > 0 {
      index -= 1
      if start[index] == byte { return index }
    }
    return nil
  }
}
