import AccessLog
import TrafficAnalysis

extension RuleValue {
  /// The value in the unit of its metric: with exactly two decimals, or for latencies in seconds with
  /// three significant digits.
  package var fixedText: String {
    switch self {
    case .ratio(let rate): rate.fixedText
    case .latency(let microseconds): LatencyText.seconds(microseconds)
    }
  }

  /// The value with its unit, for people: `10.05/s`, `5.21 %`, `512ms`, `1.2 MB/s`, `3,120`, `4.20x`.
  package func text(of metric: RuleMetric) -> String {
    switch self {
    case .latency(let microseconds): return LatencyText.text(microseconds)
    case .ratio(let rate):
      switch metric {
      case .bandwidth: return Wording.bytes(Int64(min(rate.value, 9.2e18))) + "/s"
      case .clients: return Wording.grouped(rate.hits / Int(max(1, rate.seconds)))
      case .growth: return rate.fixedText + "x"
      default: return rate.fixedText + (metric.isPercentage ? " %" : "/s")
      }
    }
  }
}

extension RuleDefinition {
  /// The limit for people, in the unit of the values next to it: `10`, `5 %`, `500ms`, `1 MB/s`.
  package var limitText: String {
    switch metric {
    case .percentile: return LatencyText.text(limit.value * 1e6)
    case .bandwidth: return Wording.bytes(Int64(clamping: UInt64(min(limit.value, 9e18)))) + "/s"
    case .growth: return limit.text + "x"
    default:
      let text =
        limit.text.utf8.count > 9 && limit.value > 1 ? ShortNumber.text(limit.value) : limit.text
      return text + (metric.isPercentage ? " %" : "")
    }
  }

  /// Where a value is that raises the alert, for people.
  package var relationText: String { comparison == .above ? "over" : "under" }
}
