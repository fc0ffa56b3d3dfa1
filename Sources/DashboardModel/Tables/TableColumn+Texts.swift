import AccessLog
import Messages
import TrafficAnalysis

extension TableColumn {
  /// The title above the column.
  func title(
    _ dimension: Dimension, _ trend: SparklinePeriod, _ comparison: TableComparison
  ) -> String {
    switch self {
    case .name: "\(dimension.profile.name)"
    case .trend: Self.title(trend)
    case .hits: "hits"
    case .share: "share"
    case .rate: "rate"
    case .clientErrors: "4xx"
    case .serverErrors: "5xx"
    case .p95: "p95"
    case .bytes: "bytes"
    case .change:
      switch comparison {
      case .windowBefore: "change"
      case .hourBefore: "vs 1 h"
      case .dayBefore: "vs 1 d"
      }
    case .peak: "peak"
    case .firstSeen: "first"
    case .lastSeen: "latest"
    }
  }

  /// The period of the sparklines, as long as it fits above them.
  private static func title(_ trend: SparklinePeriod) -> String {
    let length = Wording.roundedDuration(
      trend.seconds < 60 ? trend.seconds : trend.seconds / 60 * 60)
    return "last ".count + length.count <= trend.count ? "last " + length : length
  }

  /// The text of a row.
  ///
  /// - Parameter room: the widest that it may be.
  func words(
    _ row: RankedName, _ table: TableFigures, _ times: TimeDisplay, room: Int
  ) -> Words {
    switch self {
    case .name, .trend: Words("")
    case .hits:
      // Marks an estimate.
      Words(
        (row.error > 0 ? "~" : "") + Wording.grouped(row.hits, in: room - (row.error > 0 ? 1 : 0)),
        .strong)
    case .share: Words(Wording.shortPercent(row.hits, of: table.traffic.hits))
    case .rate: Words(Wording.humanRate(Rate(hits: row.hits, seconds: max(1, table.seconds)).value))
    case .clientErrors: Self.count(row.clientErrors, .warning, room)
    case .serverErrors: Self.count(row.serverErrors, .alert, room)
    case .p95: row.p95.map { Words(LatencyText.text($0)) } ?? Words("")
    case .bytes: Words(Wording.shortBytes(row.bytes), .muted)
    case .change: Self.change(row, table)
    case .peak: row.peak.map { Self.count($0, .plain, room) } ?? Words("")
    case .firstSeen: Words(row.firstSeen.map(times.clock) ?? "", .muted)
    case .lastSeen: Words(row.lastSeen.map(times.clock) ?? "", .muted)
    }
  }

  /// A count. An empty faint text stands for zero.
  private static func count(_ count: Int, _ emphasis: Emphasis, _ room: Int) -> Words {
    guard count > 0 else { return Words("", .faint) }
    let text = Wording.grouped(count)
    if text.utf8.count <= room { return Words(text, emphasis) }
    return Words(ShortNumber.text(Double(count), wholeFrom: room < 5 ? 10 : 100), emphasis)
  }

  /// The change of the rate against the window that it is compared with.
  private static func change(_ row: RankedName, _ table: TableFigures) -> Words {
    guard let before = row.before else { return Words("") }
    let seconds = max(1, table.seconds)
    let change = row.hits - before
    guard change != 0 else { return Words("", .faint) }
    let value = Rate(hits: abs(change), seconds: seconds).value
    guard value >= 0.05 else { return Words("", .faint) }
    let rate = Wording.change(value)
    guard change > 0 else { return Words("-" + rate, .muted) }
    // A rise by a half or more that makes a difference to the whole.
    let isGreat =
      Double(change) * 3 >= Double(row.hits) && Double(change) * 10 >= Double(table.traffic.hits)
    return Words("+" + rate, isGreat ? .alert : .plain)
  }
}
