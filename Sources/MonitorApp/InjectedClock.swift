import AccessLog

/// A wall clock that stands still, for tests and for pictures of the dashboard: a recorded log then
/// counts as live.
///
/// Like an injected fault, it is requested by an environment variable. Durations, such as the silence
/// of a log, are still measured by the clock that never jumps.
enum InjectedClock {
  /// The second at which the wall clock stands; `nil` if the environment sets none.
  static let second = second(environment: ProcessEnvironment.variables)

  /// Reads `LM2000_INJECT_CLOCK`: seconds since 1970.
  static func second(environment: [String: String]) -> EpochSecond? {
    environment["LM2000_INJECT_CLOCK"].flatMap { Int64($0) }.map { EpochSecond($0) }
  }
}
