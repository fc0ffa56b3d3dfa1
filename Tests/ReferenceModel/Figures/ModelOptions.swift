/// The options and the clock reading on which the figures depend.
package struct ModelOptions: Sendable {
  /// The path as given, for the start event.
  package var path = "access.log"
  /// `auto`, the name of a format, or a format string.
  package var format = "auto"
  /// The offset of times without a zone, in seconds east of UTC.
  package var logZone: Int64 = 0
  /// Length of a statistics interval, in seconds.
  package var statsInterval: Int64 = 10
  /// Length of the alert window, in seconds.
  package var window: Int64 = 120
  /// The hits per second that trigger an alert if exceeded, as the decimal was written.
  package var threshold = "10"
  /// How long a second stays open, in seconds.
  package var lateness: Int64 = 2
  /// How far ahead a record may be before its clock is doubted, in seconds.
  package var maxJump: Int64 = 60
  /// The wall clock in epoch seconds, read once.
  package var wallClock: Int64 = 1_800_000_000
  /// Whether the source is followed: it may grow after its end was reached.
  package var isFollowing = false
  /// How long a followed log is silent before log time advances, in seconds.
  package var idleGrace: Int64 = 10
  /// Whether `idleGrace` was set explicitly and must not be adapted.
  package var idleGraceIsExplicit = false
  /// Rows in a ranking.
  package var top = 10
  /// The dimensions that are ranked besides sections and clients.
  package var ranks: Set<String> = []
  /// Whether the end event has the figures of the whole run.
  package var reportsTotals = false
  /// Records before this epoch second are ignored.
  package var since: Int64?
  /// Records from this epoch second on are ignored.
  package var until: Int64?
  /// Only records that satisfy it count.
  package var filter: ModelFilter?
  /// The rules besides that of high traffic.
  package var rules: [ModelRule] = []
  /// Whether the rule of high traffic holds.
  package var hasHighTrafficRule = true

  package init() {}

  /// Whether the specification says why a line that does not match is rejected: for formats that tell
  /// fields apart by position alone, and for format strings, it says only that it is.
  package var hasDefinedReasons: Bool {
    let positional = ["elb", "alb", "haproxy", "squid", "npm", "envoy", "s3"]
    return !positional.contains(format) && !format.contains("$") && !format.contains("%")
  }
}

extension ModelOptions: CustomStringConvertible {
  package var description: String {
    """
    format \(format), zone \(logZone), interval \(statsInterval), window \(window), threshold \(threshold), \
    lateness \(lateness), jump \(maxJump), grace \(idleGrace)\(idleGraceIsExplicit ? " as asked" : ""), clock \(wallClock), top \(top), \
    since \(since.map(String.init) ?? "-"), until \(until.map(String.init) ?? "-"), \
    ranks \(ranks.sorted().joined(separator: ",")), totals \(reportsTotals), \
    filter \(filter?.text ?? "-"), rules \(rules.map(\.text)), high traffic \(hasHighTrafficRule)
    """
  }
}
