import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// What the cursor of the chart reads out: time, rate and the names with the most hits.
struct MomentText {
  let words: [Words]

  init(_ moment: MomentFigures?, _ times: TimeDisplay) {
    guard let moment else {
      words = []
      return
    }
    let first = times.clock(moment.seconds.lowerBound)
    let last = times.clock(moment.seconds.upperBound)
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
