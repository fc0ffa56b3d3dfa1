import AccessLog
import ReferenceModel
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The columns of the chart against a computation that visits every second of every column.
struct ChartColumnTests {
  /// A log with quiet times and errors, and alerts that do not overlap.
  fileprivate struct Log {
    var snapshot = Snapshot()
    var hits: [Int64: SecondTotals] = [:]
    var alertSeconds: Set<Int64> = []
    var start: Int64
    var end: Int64

    init(_ random: inout RandomSource) {
      let window = random.pick([1, 2, 10, 120, 600])
      snapshot.rules[0].definition.window = Int64(window)
      start = random.number(1_549_000_000...1_549_900_000)
      end = start
      for _ in 0..<random.number(1...400) {
        let totals = SecondTotals(
          hits: random.number(0...40), clientErrors: random.number(0...3),
          serverErrors: random.number(0...3))
        let seen = totals.hits < 6 ? SecondTotals() : totals
        hits[end] = seen
        snapshot.history.append(seen, at: EpochSecond(end))
        end += random.chance(50) ? Int64(random.number(2...90)) : 1
      }
      end = snapshot.history.last?.value ?? end
      snapshot.closedThrough = EpochSecond(end)
      addAlerts(&random)
    }

    private mutating func addAlerts(_ random: inout RandomSource) {
      var next = start - Int64(random.number(0...60))
      while true {
        let from = next + Int64(random.number(0...90))
        let to = from + Int64(random.number(1...70))
        guard from <= end else { return }
        // The last one is still active.
        let isActive = to > end
        snapshot.addAlert(from: from, to: isActive ? nil : to)
        for second in from..<(isActive ? end + 1 : to) { alertSeconds.insert(second) }
        next = to
      }
    }

    func windowMean(at second: Int64) -> Double {
      let window = snapshot.highTraffic.definition.window
      let sum = (second - window + 1...second).reduce(0) { $0 + (hits[$1]?.hits ?? 0) }
      return Double(sum) / Double(window)
    }

    func column(_ seconds: ClosedRange<EpochSecond>) -> ChartModel.Column {
      let all = Array(seconds.lowerBound.value...seconds.upperBound.value)
      let width = all.count
      let known = all.filter { $0 >= start && $0 <= end }
      var column = ChartModel.Column()
      let half = (width + 1) / 2
      column.alertSeconds = [all.prefix(half), all.dropFirst(half)].map { part in
        Int64(part.count { alertSeconds.contains($0) })
      }
      let active = all.count { alertSeconds.contains($0) }
      column.isAlert = active > 0 && active * 2 >= known.count
      column.knownSeconds = Int64(known.count)
      guard let last = known.last else {
        column.state = all[0] > end ? .future : .unknown
        return column
      }
      let totals = known.map { hits[$0] ?? SecondTotals() }
      let count = Double(known.count)
      column.state = .known
      column.mean = Double(totals.reduce(0) { $0 + $1.hits }) / count
      column.clientErrors = Double(totals.reduce(0) { $0 + $1.clientErrors }) / count
      column.serverErrors = Double(totals.reduce(0) { $0 + $1.serverErrors }) / count
      column.peak = width > 1 ? Double(totals.map(\.hits).max() ?? 0) : nil
      column.windowMean = windowMean(at: last)
      return column
    }
  }

  @Test(arguments: 1...60)
  func columnsAreThoseOfANaiveComputation(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let log = Log(&random)
    for _ in 0..<6 {
      var state = ViewState()
      state.span = random.pick([10, 60, 300, 900, 3600].map { .last(seconds: $0) } + [.all])
      let (count, isLive) = (random.number(1...120), random.chance(500))
      let model = ChartModel(
        PaneContext(.chart, log.snapshot, state, columns: count, isLive: isLive))
      let span = ChartSpan(
        state.span(isLive: isLive), log.snapshot.history, columns: count, isLive: isLive)
      #expect(model.width == span.width && model.columns.count == count)
      for index in 0..<count {
        let expected = log.column(span.seconds(ofColumn: index))
        #expect(model.columns[index] == expected, "seed \(seed), column \(index) of \(span)")
      }
      #expect(model.alerts.map(\.column) == Self.beginnings(log, span), "seed \(seed), \(span)")
    }
  }

  /// The columns in which alerts begin.
  private static func beginnings(_ log: Log, _ span: ChartSpan) -> [Int] {
    log.alertSeconds.filter { !log.alertSeconds.contains($0 - 1) || log.begins(at: $0) }
      .map(EpochSecond.init).filter { span.range.contains($0) }.sorted()
      .map { span.column(of: $0) }
  }
}

extension ChartColumnTests.Log {
  /// Whether an alert begins at a second although another ended just before.
  fileprivate func begins(at second: Int64) -> Bool {
    snapshot.transitions.contains { $0.change == .triggered && $0.second.value == second }
  }
}
