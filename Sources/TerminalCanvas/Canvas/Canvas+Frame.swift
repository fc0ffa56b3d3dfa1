import SafeText

extension Canvas {
  /// Draws the border of a pane.
  ///
  /// - Parameters:
  ///   - title: shown at the left of the upper edge, truncated where it does not fit.
  ///   - note: shown at the right of the upper edge where it fits beside the title.
  ///   - footnote: shown at the right of the lower edge where it fits.
  ///   - focused: whether the pane has the keyboard focus.
  /// - Returns: the area inside the border.
  @discardableResult
  package mutating func frame(
    _ area: Rectangle, title: SafeString = .empty, note: SafeString = .empty,
    footnote: SafeString = .empty, focused: Bool = false
  ) -> Rectangle {
    guard area.rows >= 2 && area.columns >= 2 else { return area.inside }
    let style: Style = focused ? .focusedBorder : .border
    let last = area.rows - 1
    edge(area.line(0), from: glyphs.topLeft, to: glyphs.topRight, style: style)
    edge(area.line(last), from: glyphs.bottomLeft, to: glyphs.bottomRight, style: style)
    for row in 1..<max(1, last) {
      let line = area.line(row)
      fill(line.slice(from: 0, columns: 1), with: glyphs.vertical, style: style)
      fill(line.slice(from: area.columns - 1), with: glyphs.vertical, style: style)
    }
    label(title, note, in: area.line(0))
    label(.empty, footnote, in: area.line(last))
    return area.inside
  }

  private mutating func edge(
    _ line: Rectangle, from first: Unicode.Scalar, to last: Unicode.Scalar, style: Style
  ) {
    fill(line, with: glyphs.horizontal, style: style)
    fill(line.slice(from: 0, columns: 1), with: first, style: style)
    fill(line.slice(from: line.columns - 1), with: last, style: style)
  }

  /// Writes the title at the left of an edge, and the note at its right only where both fit whole.
  private mutating func label(_ title: SafeString, _ note: SafeString, in line: Rectangle) {
    var space = line.inset(left: 1, right: 1)
    if !title.isEmpty {
      let room = space.inset(left: 1, right: 1)
      let width = min(room.columns, title.converted(to: glyphs.encoding).width)
      if width > 0 {
        clear(space.slice(from: 0, columns: width + 2), style: .heading)
        draw(title, in: room, style: .heading)
        space = space.slice(from: width + 2)
      }
    }
    let note = note.converted(to: glyphs.encoding)
    guard !note.isEmpty, note.width + 3 <= space.columns else { return }
    let place = space.slice(from: space.columns - note.width - 2)
    clear(place, style: .muted)
    draw(note, in: place.inset(left: 1), style: .muted)
  }
}
