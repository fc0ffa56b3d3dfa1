import AccessLog
import TrafficAnalysis

/// Five logs in different states.
enum SampleSources {
  static let states: [SourceState] = {
    func state(
      _ name: String, _ format: String?, _ phase: SourceState.Phase
    ) -> SourceState {
      SourceState(path: Name("/var/log/nginx/\(name)"), format: format, phase: phase)
    }
    return [
      state("shop.example.org.access.log", "combined", .following),
      state("api.example.org.access.log", "vcombined", .following),
      state("www.example.org.access.log", "combined", .loading(read: 3, total: 10)),
      state("static.log", nil, .waiting),
      state("a\u{1B}[31m日本語.log", nil, .failed(.system(code: 13))),
    ]
  }()

  static let figures: [SourceFigures] = {
    let rates = [12, 3, 40]
    var figures = rates.map { rate in
      var figures = SourceFigures()
      figures.isLive = rate < 40
      figures.time = EpochSecond(SampleLog.end - (rate < 40 ? Int64(rate) : 300))
      for second in SampleLog.end - 300...SampleLog.end where second % 7 < 5 {
        figures.recent.append(
          SecondTotals(hits: rate + Int(second % 5), serverErrors: rate == 3 ? 1 : 0),
          at: EpochSecond(second))
      }
      figures.current = figures.recent.total(10, through: EpochSecond(SampleLog.end))
      figures.tally.hits = rate * 123_456
      figures.tally.lines = rate * 123_456 + 17
      if rate == 12 { figures.tally.rejected[.shape] = 17 }
      if rate == 3 { figures.tally.late = 2 }
      return figures
    }
    figures += [SourceFigures(), SourceFigures()]
    return figures
  }()
}
