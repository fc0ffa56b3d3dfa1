import AccessLog
import TrafficAnalysis
import WebTransfer

@testable import InfluxOutput

let testTags = SeriesTags(host: "web1", logs: [Name("/a.log")], interval: 10, filter: nil)

/// An interval of ten seconds with two sections.
func sampleInterval(
  from second: Int64 = 1_549_573_860, hits: Int = 5, partial: Bool = false
) -> IntervalReport {
  var traffic = Traffic()
  traffic.hits = hits
  traffic.bytes = 1_234
  traffic.status[.successful] = hits
  traffic.methods[.get] = hits
  var rankings = PerDimension<[RankedName]>(repeating: [])
  rankings[.section] = ["/api", "/a b"].map {
    RankedName(name: Name($0), hits: 2, bytes: 600, clientErrors: 1, serverErrors: 0, error: 0)
  }
  return IntervalReport(
    from: EpochSecond(second), to: EpochSecond(second + 10), traffic: traffic, rankings: rankings,
    uniqueClients: DistinctCount(3), partial: partial)
}

/// Limits that let attempts follow each other soon.
func quickLimits() -> InfluxLimits {
  var limits = InfluxLimits()
  limits.batchDelay = 0
  limits.spool.firstPause = 0.01
  limits.spool.longestPause = 0.05
  return limits
}

func monotonic() -> Double {
  let passed = start.duration(to: .now).components
  return Double(passed.seconds) + Double(passed.attoseconds) / 1e18
}

private let start = ContinuousClock.now

/// A sender to a URL, whose time of day stands still.
func sender(
  to url: String, spool: String?, isFollowing: Bool = false, mustBeComplete: Bool = true,
  limits: InfluxLimits = quickLimits()
) throws -> InfluxSender {
  var context = InfluxSender.Context(
    InfluxAddress(try WebAddress(url, allowsUser: true)), testTags, spoolPath: spool,
    isFollowing: isFollowing, mustBeComplete: mustBeComplete, version: "0", monotonic: monotonic,
    wall: { EpochSecond(1_549_580_000) })
  context.limits = limits
  return InfluxSender(context)
}
