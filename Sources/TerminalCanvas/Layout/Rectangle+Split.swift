extension Rectangle {
  /// Parts one below the other. Where the space is too small, the first parts get theirs and the
  /// last ones are empty; where nobody takes a share, the rest stays unused.
  package func split(rows extents: [Extent]) -> [Rectangle] {
    var top = row
    return share(rows, among: extents).map { height in
      defer { top += height }
      return Rectangle(row: top, column: column, rows: height, columns: columns)
    }
  }

  /// Parts side by side, as with rows; `gap` columns stay free between two.
  package func split(columns extents: [Extent], gap: Int = 0) -> [Rectangle] {
    let gaps = max(0, gap) * max(0, extents.count - 1)
    var left = column
    return share(max(0, columns - gaps), among: extents).map { width in
      defer { left += width + gap }
      return Rectangle(row: row, column: left, rows: rows, columns: width)
        .intersection(self)
    }
  }
}

/// Cells for each extent; together at most `space`.
private func share(_ space: Int, among extents: [Extent]) -> [Int] {
  var left = max(0, space)
  var cells: [Int] = []
  for extent in extents {
    let taken = min(extent.minimum, left)
    cells.append(taken)
    left -= taken
  }
  // Rounding the running sum instead of each part leaves no cell over.
  let total = extents.reduce(0) { $0 + $1.weight }
  guard total > 0 else { return cells }
  var weight = 0
  var given = 0
  for (index, extent) in extents.enumerated() {
    weight += extent.weight
    let until = left * weight / total
    cells[index] += until - given
    given = until
  }
  return cells
}
