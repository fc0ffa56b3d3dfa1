import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// What the cursor of the chart reads out: time, rate and the names with the most hits.
struct MomentText {
  let words: [Words]

  /// - Parameter now: the last closed second, whose day is not named.
  init(_ moment: MomentFigures?, _ times: TimeDisplay, now: EpochSecond) {
    guard let moment else {
      words = []
      return
    }
    let (start, end) = (moment.seconds.lowerBound, moment.seconds.upperBound)
    let first = times.moment(start, now: now)
    let last = times.moment(end, now: times.date(start) == times.date(end) ? end : now)
    var words = [Words(first == last ? first : "\(first) to \(last)", .strong)]
    guard let totals = moment.totals, moment.knownSeconds > 0 else {
      self.words = words + [Words("no data for this time", .muted)]
      return
    }
    let rate = Rate(hits: totals.hits, seconds: moment.knownSeconds)
    words.append(Words(Wording.rate(rate.value), .strong))
    if totals.serverErrors > 0 { words.append(Words("5xx \(totals.serverErrors)", .alert)) }
    if totals.clientErrors > 0 { words.append(Words("4xx \(totals.clientErrors)", .warning)) }
    if let mean = moment.mean { words.append(Words("mean \(mean.fixedText)", .muted)) }
    var label = "top "
    for dimension in [Dimension.section, .client] {
      guard let top = moment.top[dimension] else { continue }
      let name = SafeString(top.name.bytes, limit: 256).truncatedInMiddle(to: 32).text
      words.append(Words("\(label)\(name) \(Wording.grouped(top.hits))"))
      label = ""
    }
    self.words = words
  }
}

extension MomentFigures {
  /// The figures with those of the column of the chart, where it knows more seconds: minutes of earlier
  /// runs. Names are not kept of these.
  func completed(by column: ChartModel.Column, window: Int64) -> MomentFigures {
    guard column.state == .known, totals == nil || column.knownSeconds > knownSeconds else {
      return self
    }
    func hits(_ rate: Double) -> Int { Int((rate * Double(column.knownSeconds)).rounded()) }
    var figures = self
    figures.totals = SecondTotals(
      hits: hits(column.mean), clientErrors: hits(column.clientErrors),
      serverErrors: hits(column.serverErrors))
    figures.knownSeconds = column.knownSeconds
    figures.mean = column.windowMean.map {
      Rate(hits: Int(($0 * Double(window)).rounded()), seconds: window)
    }
    figures.top = PerDimension(repeating: nil)
    return figures
  }
}
