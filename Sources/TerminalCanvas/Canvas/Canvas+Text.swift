import SafeText

extension Canvas {
  /// Draws text into the first row of `area`, truncated with an ellipsis where it does not fit. The
  /// remaining cells of the row keep their content.
  ///
  /// - Returns: the number of columns drawn.
  @discardableResult
  package mutating func draw(
    _ text: SafeString, in area: Rectangle, style: Style = .text, align: Alignment = .left
  ) -> Int {
    guard area.rows > 0 else { return 0 }
    let fitting = text.truncated(to: area.columns, as: glyphs.encoding)
    let free = area.columns - fitting.width
    let offset =
      switch align {
      case .left: 0
      case .right: free
      case .center: free / 2
      }
    place(fitting, row: area.row, column: area.column + offset, within: area, style: style)
    return fitting.width
  }

  /// Draws pieces of styled text one after another into the first row of `area`; pieces that do not
  /// fit are truncated.
  ///
  /// - Returns: the number of columns drawn.
  @discardableResult
  package mutating func draw(
    _ texts: [StyledText], in area: Rectangle, align: Alignment = .left
  ) -> Int {
    let width = width(of: texts)
    let free = max(0, area.columns - width)
    let start =
      switch align {
      case .left: 0
      case .right: free
      case .center: free / 2
      }
    var rest = area.slice(from: start)
    for piece in texts where !rest.isEmpty {
      rest = rest.slice(from: draw(piece.text, in: rest, style: piece.style))
    }
    return area.columns - start - rest.columns
  }

  /// The number of columns that texts take.
  package func width(of texts: [StyledText]) -> Int {
    texts.reduce(0) { $0 + $1.text.converted(to: glyphs.encoding).width }
  }

  private mutating func place(
    _ text: SafeString, row: Int, column start: Int, within area: Rectangle, style: Style
  ) {
    let visible = area.intersection(bounds)
    guard row >= visible.row && row < visible.endRow else { return }
    var column = start
    for cluster in text.clusters {
      let end = column + cluster.width
      if column >= visible.column && end <= visible.endColumn {
        put(cluster, row: row, column: column, style: style)
      } else {
        // The visible half of a clipped wide character becomes a blank.
        for half in column..<end where visible.contains(row: row, column: half) {
          put(" ", row: row, column: half, style: style)
        }
      }
      column = end
    }
  }
}
