/// What environment variables say about the terminal.
struct TerminalHints {
  private let environment: [String: String]

  init(_ environment: [String: String]) {
    self.environment = environment
  }

  /// Whether the terminal displays direct colours. (`COLORTERM`, a convention of terminals)
  var claimsTruecolor: Bool {
    ["truecolor", "24bit"].contains(environment["COLORTERM"]?.lowercased())
  }

  /// Whether the background is light, according to the last number in `COLORFGBG`, the index of a basic
  /// colour; nil if it does not say. (rxvt(1))
  var hasLightBackground: Bool? {
    let fields = environment["COLORFGBG"]?.split(separator: ";", omittingEmptySubsequences: false)
    guard let index = fields?.last.flatMap({ Int($0) }), (0...15).contains(index) else {
      return nil
    }
    return index == 7 || index > 8
  }

  /// Whether the terminal prints a part of a query for a mode as text.
  var printsModeQueries: Bool { environment["TERM_PROGRAM"] == "Apple_Terminal" }
}
