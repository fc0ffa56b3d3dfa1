extension Canvas {
  /// The characters row by row, as a person would see them.
  package var lines: [String] {
    (0..<size.rows).map { row in
      var line = String.UnicodeScalarView()
      for column in 0..<size.columns {
        let cell = cell(row: row, column: column)
        guard cell.width > 0 else { continue }
        line.append(cell.scalar)
        line.append(contentsOf: marks(row: row, column: column))
      }
      return String(line)
    }
  }

  /// The letters of the styles row by row, one for each cell.
  package var styleLines: [String] {
    (0..<size.rows).map { row in
      String((0..<size.columns).map { cell(row: row, column: $0).style.letter })
    }
  }

  /// Which cells are selected, row by row: `s`, others `.`.
  package var selectionLines: [String] {
    (0..<size.rows).map { row in
      String((0..<size.columns).map { cell(row: row, column: $0).isSelected ? "s" : "." })
    }
  }
}
