import Testing

@testable import ReferenceModel

/// Comparisons mean something only where filters leave out some hits, and rules trigger and recover.
@Suite struct AskedLogTests {
  private static let seeds: ClosedRange<UInt64> = 1...300

  @Test func mostFiltersLeaveOutSomeHits() {
    var useful = 0
    for seed in Self.seeds {
      let log = AskedLog(filterSeed: seed)
      let clock = ReferenceModel.read(log.bytes, log.options.path, log.options).clock
      if clock.filtered > 0 && !clock.hits.isEmpty { useful += 1 }
    }
    #expect(useful > 200)
  }

  @Test func mostRulesTriggerAndRecover() {
    var rules = 0
    var triggered: [String: Int] = [:]
    var recovered: [String: Int] = [:]
    for seed in Self.seeds {
      let log = AskedLog(ruleSeed: seed)
      let read = ReferenceModel.read(log.bytes, log.options.path, log.options)
      guard let traffic = read.traffic(log.options) else { continue }
      for rule in log.options.rules {
        let alerts = alerts(of: rule, traffic)
        rules += 1
        if !alerts.isEmpty { triggered[rule.kind, default: 0] += 1 }
        if alerts.contains(where: { $0.since != nil }) { recovered[rule.kind, default: 0] += 1 }
      }
    }
    #expect(triggered.values.reduce(0, +) > rules * 6 / 10)
    #expect(recovered.values.reduce(0, +) > rules * 4 / 10)
    for metric in ["rate", "share", "p50", "p99", "bandwidth", "clients", "growth"] {
      for kind in ["\(metric) >", "\(metric) <", "\(metric) > by"] {
        #expect(recovered[kind, default: 0] >= 1, "\(kind)")
      }
    }
    for metric in ["late", "rejected", "future"] {
      #expect(recovered["\(metric) >", default: 0] >= 1, "\(metric)")
    }
  }
}

extension ModelRule {
  /// Its metric, without what it is a share of, and the dimension of its names.
  fileprivate var kind: String {
    metric.text.prefix { $0 != "(" } + (isAbove ? " >" : " <") + (key == nil ? "" : " by")
  }
}
