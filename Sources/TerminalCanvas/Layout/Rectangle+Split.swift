extension Rectangle {
  /// Splits the rectangle into parts one below the other.
  ///
  /// Where the space is too small, the first parts get their full size and the last ones are empty.
  /// Where no part has a share, the remaining space stays unused.
  package func split(rows extents: [Extent]) -> [Rectangle] {
    var top = row
    return share(rows, among: extents).map { height in
      defer { top += height }
      return Rectangle(row: top, column: column, rows: height, columns: columns)
    }
  }

  /// Splits the rectangle into parts side by side, with `gap` unused columns between two parts.
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

/// The number of cells for each extent; their sum is at most `space`.
private func share(_ space: Int, among extents: [Extent]) -> [Int] {
  var remaining = max(0, space)
  var cells: [Int] = []
  for extent in extents {
    let count = min(extent.minimum, remaining)
    cells.append(count)
    remaining -= count
  }
  // Rounding the running sum instead of each part makes the parts add up to the whole space.
  let total = extents.reduce(0) { $0 + $1.weight }
  guard total > 0 else { return cells }
  var weight = 0
  var distributed = 0
  for (index, extent) in extents.enumerated() {
    weight += extent.weight
    let end = remaining * weight / total
    cells[index] += end - distributed
    distributed = end
  }
  return cells
}
