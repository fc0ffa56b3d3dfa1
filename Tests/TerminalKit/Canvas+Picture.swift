import TerminalCanvas

extension Canvas {
  /// The characters of each row, as they appear on a screen.
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

  /// The styles of each row as letters, one letter for each cell.
  package var styleLines: [String] {
    (0..<size.rows).map { row in
      String((0..<size.columns).map { cell(row: row, column: $0).style.letter })
    }
  }

  /// The background of each row as letters, one letter for each cell; `.` for that of the terminal.
  package var groundLines: [String] {
    (0..<size.rows).map { row in
      String((0..<size.columns).map { cell(row: row, column: $0).style.ground?.letter ?? "." })
    }
  }
}

extension Style {
  /// The letter of its colour in a text snapshot; in upper case if it is bold.
  package var letter: Character {
    isBold ? Character(paint.letter.uppercased()) : paint.letter
  }
}

extension Paint {
  /// The letter of the colour in a text snapshot.
  package var letter: Character {
    switch self {
    case .text: "t"
    case .muted: "m"
    case .faint: "."
    case .accent: "a"
    case .good: "g"
    case .clientError: "w"
    case .serverError: "e"
    case .badgeText: "x"
    case .border: "b"
    case .focus: "f"
    case .hits0, .hits1, .hits2, .hits3, .hits4, .hits5, .hits6, .hits7:
      Character(String(rawValue - Paint.hits0.rawValue))
    case .peak: "p"
    case .mean: "l"
    case .tint: "i"
    case .track: "k"
    case .selection: "s"
    case .noticeBadge: "N"
    case .warningBadge: "W"
    case .alertBadge: "A"
    }
  }
}
