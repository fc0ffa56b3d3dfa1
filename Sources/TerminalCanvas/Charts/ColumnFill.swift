/// What fills a part of a chart column.
enum ColumnFill: Equatable {
  case empty
  /// The layer with an index, from the bottom.
  case layer(Int)
  /// Between the column and its highest value.
  case peak
}

/// What fills one cell of a chart: one thing up to a height, and another above. A cell has only one
/// foreground and one background colour.
struct CellFill: Equatable {
  var lower: ColumnFill
  /// The height of the lower fill in eighths, from 1 to 8.
  var eighths: Int
  var upper: ColumnFill

  /// A cell that is filled by one thing.
  init(_ fill: ColumnFill) {
    (lower, eighths, upper) = (fill, 8, fill)
  }

  init(_ lower: ColumnFill, _ eighths: Int, _ upper: ColumnFill) {
    (self.lower, self.eighths, self.upper) = (lower, eighths, upper)
  }

  var isUniform: Bool { eighths == 8 || lower == upper }
}

/// The parts of a chart column, in eighths of a cell from the bottom.
struct ColumnParts {
  /// Where each part ends, and what fills it; from the bottom to the top.
  private var parts: [(end: Int, fill: ColumnFill)] = []

  /// - Parameter scale: the scale of the chart.
  init(_ column: ChartColumn, _ scale: ChartScale) {
    var (end, sum) = (0, 0.0)
    for (index, height) in column.layers.enumerated() where height > 0 {
      sum += height
      // A layer above zero stays visible.
      end = max(end + 1, eighths(scale.fraction(sum), of: scale.rows))
      parts.append((end, .layer(index)))
    }
    guard let peak = column.peak else { return }
    let reached = eighths(scale.fraction(peak), of: scale.rows)
    if reached - end >= 2 { parts.append((reached, .peak)) }
  }

  /// The height of the column and of its highest value, in eighths.
  var height: Int { parts.last?.end ?? 0 }

  /// What fills the eighth with an index, from the bottom.
  func fill(at eighth: Int) -> ColumnFill {
    parts.first { eighth < $0.end }?.fill ?? .empty
  }

  /// What fills the cell with an index, from the bottom. Of three or more parts, the two that differ
  /// least from the truth remain; errors count more.
  func cell(_ index: Int) -> CellFill {
    let fills = (0..<8).map { fill(at: index * 8 + $0) }
    let splits = (1..<8).filter { fills[$0] != fills[$0 - 1] }
    guard let first = splits.first else { return CellFill(fills[0]) }
    guard splits.count > 1 else { return CellFill(fills[0], first, fills[first]) }
    let candidates = splits.map { split in
      let lower = Self.dominant(fills[..<split])
      let upper = Self.dominant(fills[split...])
      return (cost: lower.cost + upper.cost, cell: CellFill(lower.fill, split, upper.fill))
    }
    return candidates.min { $0.cost < $1.cost }?.cell ?? CellFill(fills[0])
  }

  /// The one thing that is nearest to what fills the cell with an index, from the bottom.
  func nearest(_ index: Int) -> ColumnFill {
    Self.dominant((0..<8).map { fill(at: index * 8 + $0) }[...]).fill
  }

  /// The fill that is nearest to the truth for a part of a cell, and how far it is from it.
  private static func dominant(_ fills: ArraySlice<ColumnFill>) -> (fill: ColumnFill, cost: Int) {
    var best = (fill: ColumnFill.empty, cost: Int.max)
    for fill in fills {
      let cost = fills.reduce(0) { $0 + Self.cost(of: $1, drawnAs: fill) }
      if cost < best.cost { best = (fill, cost) }
    }
    return best
  }

  /// How wrong it is to draw one thing as another: a column of the wrong height is worse than one with
  /// the wrong layers, and server errors are never hidden.
  private static func cost(of truth: ColumnFill, drawnAs drawn: ColumnFill) -> Int {
    switch (truth, drawn) {
    case _ where truth == drawn: 0
    case (.layer(0), _): 100
    case (.layer, .layer(let other)): other == 0 ? 4 : 2
    case (.layer(let layer), _): layer == 1 ? 4 : 3
    case (_, .layer(let layer)): layer == 0 ? 6 : layer == 1 ? 5 : 3
    default: 1
    }
  }
}
