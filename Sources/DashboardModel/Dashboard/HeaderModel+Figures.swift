import AccessLog
import Messages
import TrafficAnalysis

// The figures of the header.

extension HeaderModel {
  /// The rate without its unit, with one decimal, so that its width hardly changes.
  static func rate(_ value: Double) -> String {
    String(Wording.rate(value).dropLast("/s".count))
  }

  /// The rate in at most five characters, for big digits.
  static func bigRate(_ value: Double) -> String {
    value < 999.95 ? rate(value) : ShortNumber.text(value)
  }

  /// - Parameter isFiltered: whether the rate is of what passes a filter. The rule is about all
  ///   traffic then, and no measure of it.
  static func trend(_ snapshot: Snapshot, isFiltered: Bool) -> Int {
    let now = snapshot.rateNow.value
    var mean = snapshot.highTraffic.rate.value
    if isFiltered, let second = snapshot.closedThrough {
      let window = snapshot.highTraffic.definition.window
      let start = second.advanced(by: 1 - window)
      mean =
        Rate(
          hits: snapshot.history.total(from: start, through: second).hits, seconds: window
        ).value
    }
    return now > mean * 1.1 ? 1 : now < mean * 0.9 ? -1 : 0
  }

  /// The change of the rate against the window that it is compared with.
  static func change(_ table: TableFigures) -> String? {
    guard let before = table.hitsBefore else { return nil }
    let change = table.traffic.hits - before
    let rate = Rate(hits: abs(change), seconds: max(1, table.seconds))
    return (change < 0 ? "-" : "+") + Wording.change(rate.value)
  }

  /// The shares of server errors and of client errors over the alert window.
  static func errorShares(_ snapshot: Snapshot) -> (server: Words, client: Words) {
    var totals = SecondTotals()
    if let now = snapshot.closedThrough {
      let start = now.advanced(by: 1 - snapshot.highTraffic.definition.window)
      totals = snapshot.history.total(from: start, through: now)
    }
    func words(_ errors: Int, _ emphasis: Emphasis) -> Words {
      Words(Wording.percent(errors, of: totals.hits), errors > 0 ? emphasis : .muted)
    }
    return (words(totals.serverErrors, .alert), words(totals.clientErrors, .warning))
  }

  static func totals(_ snapshot: Snapshot, _ source: SourceState) -> [Words] {
    let rejected = snapshot.tally.rejected.total > 0
    return [
      // Padded, so that what follows keeps its place for long.
      Words((Wording.grouped(snapshot.tally.hits) + " hits").padding(to: 12)),
      Words(
        Wording.grouped(snapshot.tally.late) + " late",
        snapshot.tally.late > 0 ? .plain : .muted),
      Words(Self.rejected(snapshot), rejected ? .warning : .muted),
      Words(Wording.bytes(snapshot.lifetime.bytes), .muted),
    ] + (source.rotations > 0 ? [Words(Wording.count(source.rotations, "rotation"), .muted)] : [])
      + clients(snapshot.uniqueClients)
  }

  /// The number of distinct clients, with its error if it is an estimate; nothing before the first.
  private static func clients(_ clients: DistinctCount) -> [Words] {
    guard clients.count > 0 else { return [] }
    let noun = clients.count == 1 ? " client" : " clients"
    let error = clients.errorText.map { " (\($0))" } ?? ""
    return [Words(clients.text + noun + error, .muted)]
  }

  /// The rejected lines, and those that wait for a format: they may be rejected too.
  private static func rejected(_ snapshot: Snapshot) -> String {
    let counts = snapshot.tally.rejected
    let waiting = Wording.grouped(snapshot.undecided) + " waiting"
    if snapshot.undecided > 0, counts.total == 0 { return waiting }
    let share =
      counts.total > 0 && snapshot.tally.lines > 0
      ? ", " + Wording.shortPercent(counts.total, of: snapshot.tally.lines) : ""
    return counts.text(Wording.grouped) + share + (snapshot.undecided > 0 ? "  " + waiting : "")
  }
}

extension String {
  /// The text with blanks after it, up to a length.
  fileprivate func padding(to length: Int) -> String {
    self + String(repeating: " ", count: max(0, length - count))
  }
}
