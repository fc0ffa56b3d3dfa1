import AccessLog
import TrafficAnalysis

// Window, span, comparison, and what the tables show.

/// What a table shows.
package struct TableState: Equatable, Sendable {
  package var dimension: Dimension
  /// The column by which it is sorted.
  package var column = TableColumn.hits
  /// The least first.
  package var isReversed = false

  init(_ dimension: Dimension) {
    self.dimension = dimension
  }

  var order: RankingOrder { RankingOrder(column.figure ?? .hits, isReversed: isReversed) }
}

extension ViewState {
  /// The window of the tables: the chosen one or the default.
  ///
  /// - Parameter interval: the statistics interval, in seconds.
  package func window(isLive: Bool, interval: Int64) -> TableWindow {
    window ?? (isLive ? .last(seconds: interval) : .all)
  }

  /// Chooses a following window, or a previous one if `step` is negative.
  package mutating func changeWindow(by step: Int, isLive: Bool, interval: Int64) {
    var choices = Self.windows
    let standard = TableWindow.last(seconds: interval)
    if !choices.contains(standard) {
      let next = choices.firstIndex { $0.isLonger(than: interval) }
      choices.insert(standard, at: next ?? choices.count)
    }
    let current = choices.firstIndex(of: window(isLive: isLive, interval: interval)) ?? 0
    window = choices[(current + step + choices.count) % choices.count]
  }

  /// The span of the chart: the chosen one or the default.
  package func span(isLive: Bool) -> TableWindow {
    span ?? (isLive ? spans[0] : .all)
  }

  /// Chooses a following span, or a previous one if `step` is negative.
  package mutating func changeSpan(by step: Int, isLive: Bool) {
    let spans = spans
    let current = spans.firstIndex(of: span(isLive: isLive)) ?? 0
    span = spans[(current + step + spans.count) % spans.count]
  }

  /// Compares with the next period.
  package mutating func changeComparison() {
    let all = TableComparison.allCases
    comparison = all[((all.firstIndex(of: comparison) ?? 0) + 1) % all.count]
  }

  /// Shows the next dimension in the focused table, or the previous one if `step` is negative.
  ///
  /// - Returns: `false` if no table has the focus.
  package mutating func changeDimension(by step: Int) -> Bool {
    guard let slot = focus.slot else { return false }
    let all = dimensions
    let current = all.firstIndex(of: tables[slot].dimension) ?? 0
    tables[slot].dimension = all[(current + step + all.count) % all.count]
    lists[focus] = nil
    return true
  }

  /// Sorts the focused table by the next of its visible columns.
  ///
  /// - Returns: `false` if no table has the focus.
  package mutating func changeSorting(among columns: [TableColumn]) -> Bool {
    guard focus.slot != nil else { return false }
    let sortable = columns.filter { $0.figure != nil }
    guard let slot = focus.slot, !sortable.isEmpty else { return true }
    let current = sortable.firstIndex(of: tables[slot].column) ?? -1
    sort(by: sortable[(current + 1) % sortable.count])
    return true
  }

  /// Sorts the focused table by a column; by the same one again reverses the order.
  package mutating func sort(by column: TableColumn) {
    guard let slot = focus.slot, column.figure != nil else { return }
    tables[slot].isReversed = tables[slot].column == column && !tables[slot].isReversed
    tables[slot].column = column
    lists[focus] = nil
  }

  /// Reverses the order of the focused table.
  ///
  /// - Returns: `false` if no table has the focus.
  package mutating func reverseSorting() -> Bool {
    guard let slot = focus.slot else { return false }
    tables[slot].isReversed.toggle()
    lists[focus] = nil
    return true
  }

  /// Restores the order that a table had in an earlier run.
  package mutating func restoreSorting(_ column: TableColumn, isReversed: Bool, of slot: Int) {
    guard tables.indices.contains(slot), column.figure != nil else { return }
    tables[slot].column = column
    tables[slot].isReversed = isReversed
  }
}

extension TableWindow {
  fileprivate func isLonger(than seconds: Int64) -> Bool {
    if case .last(let own) = self { own > seconds } else { true }
  }
}
