import AccessLog
import TrafficGenerator

/// A shape of simulated traffic. What a line costs depends on it.
struct LogShape: Equatable, Sendable {
  var name: String
  var format = LineFormat.combined
  /// Hits a second.
  var rate = 200.0
  var clients = 400
  /// Other numbers, other traffic.
  var seed = 1
  /// Lines of about 200 bytes instead of 160.
  var hasLongAgents = false
  var irregularities = Irregularities()
  /// What is around each line, the outermost first.
  var wrappers: [LineWrapper] = []

  /// The log from its beginning.
  func stream() -> TrafficStream {
    let start = EpochSecond(1_773_478_800)
    return TrafficStream(
      site: Site(clients: clients, hasLongAgents: hasLongAgents),
      plan: .steady(rate: rate, origin: start), start: start, seed: UInt64(seed), format: format,
      irregularities: irregularities, wrappers: wrappers)
  }
}

extension TrafficStream {
  /// The lines of a block.
  private static let blockLines = 20_000

  /// Replaces the bytes by the next block of lines.
  ///
  /// - Parameter lines: the number of lines at which the log ends.
  mutating func nextBlock(of lines: Int, into bytes: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    _ = append(
      to: &bytes, through: EpochSecond(.max), atMost: min(Self.blockLines, lines - self.lines))
  }
}

extension LogShape {
  /// Few clients, and every line in order.
  static let plain = LogShape(name: "plain")

  /// 200 hits a second of 20,000 clients, one line in twenty a second late.
  static let dense = LogShape(
    name: "dense", clients: 20_000, hasLongAgents: true,
    irregularities: .with { $0.latePercent = 5 })

  /// The shapes by which whole runs are compared.
  static let all: [LogShape] = [
    dense,
    dense.with {
      $0.name = "csv"
      $0.format = .csv
    },
    dense.with {
      $0.name = "sparse"
      $0.rate = 1
      $0.irregularities = Irregularities()
    },
    // Half a minute is far beyond the lateness.
    dense.with {
      $0.name = "late"
      $0.irregularities.lateEvery = 50
    },
    dense.with {
      $0.name = "names"
      ($0.irregularities.uniqueEvery, $0.irregularities.popularEvery) = (1, 100)
    },
    dense.with {
      $0.name = "wrapped"
      $0.wrappers = [.syslog]
    },
  ]

  func with(_ change: (inout LogShape) -> Void) -> LogShape {
    var shape = self
    change(&shape)
    return shape
  }
}

extension Irregularities {
  fileprivate static func with(_ change: (inout Irregularities) -> Void) -> Irregularities {
    var irregularities = Irregularities()
    change(&irregularities)
    return irregularities
  }
}
