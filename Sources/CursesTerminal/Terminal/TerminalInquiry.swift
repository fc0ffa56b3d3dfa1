import Glibc

/// Asks a terminal for its background and its abilities.
///
/// The last query is one that every terminal answers (primary device attributes, DA1), so that a
/// terminal that ignores the others costs no time.
struct TerminalInquiry {
  /// OSC 11: the colour of the background. (xterm's control sequences)
  private static let background = "\u{1B}]11;?\u{7}"
  /// DECRQM: whether mode 2026, synchronized output, exists.
  private static let synchronizedOutput = "\u{1B}[?2026$p"
  private static let attributes = "\u{1B}[c"
  /// More bytes than a user types and a terminal answers within the time.
  private static let limit = 65_536

  /// The queries.
  let bytes: [UInt8]

  /// - Parameter asksMode: whether the terminal may be asked for a mode. A few print a part of this
  ///   query as text.
  init(asksMode: Bool) {
    bytes = Array(
      (Self.background + (asksMode ? Self.synchronizedOutput : "") + Self.attributes).utf8)
  }

  /// Waits for the answers.
  ///
  /// - Parameters:
  ///   - input: the descriptor of the terminal that was asked.
  ///   - timeout: the longest time to wait, in seconds.
  ///   - now: the time in seconds.
  static func answers(
    from input: Int32, timeout: Double, now: () -> Double
  ) -> TerminalAnswers {
    let end = now() + timeout
    var received: [UInt8] = []
    var answers = TerminalAnswers()
    while !answers.isComplete, received.count < limit {
      let remaining = min(timeout, end - now())
      guard remaining > 0, let bytes = read(input, waiting: remaining) else { break }
      received += bytes
      answers = TerminalAnswers(received)
    }
    return answers
  }

  /// Reads what has arrived.
  ///
  /// - Returns: nil if nothing arrives in time. (poll(2), read(2))
  private static func read(_ input: Int32, waiting seconds: Double) -> [UInt8]? {
    var state = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    guard poll(&state, 1, Int32((seconds * 1_000).rounded(.up))) > 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = Glibc.read(input, &buffer, buffer.count)
    return count > 0 ? Array(buffer[..<count]) : nil
  }
}
