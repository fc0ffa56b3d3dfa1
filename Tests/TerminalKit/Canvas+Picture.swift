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

  /// The selection of each row: `s` for a selected cell, `.` for any other.
  package var selectionLines: [String] {
    (0..<size.rows).map { row in
      String((0..<size.columns).map { cell(row: row, column: $0).isSelected ? "s" : "." })
    }
  }
}

extension Style {
  /// The letter of the style in a text snapshot.
  package var letter: Character {
    switch self {
    case .text: "."
    case .strong: "T"
    case .muted: "m"
    case .heading: "h"
    case .border: "b"
    case .focusedBorder: "B"
    case .bar: "="
    case .barTrack: "-"
    case .key: "k"
    case .good: "g"
    case .notice: "n"
    case .warning: "w"
    case .alert: "a"
    case .chartBar: "c"
    case .chartAlertBar: "C"
    case .chartAlertSpan: "~"
    case .chartPeak: "p"
    case .threshold: "t"
    case .axis: "x"
    case .noticeBadge: "N"
    case .warningBadge: "W"
    case .alertBadge: "A"
    }
  }
}
