import SafeText

/// The texts in the border of a pane.
package struct FrameTexts: Sendable {
  /// At the left of the upper edge, truncated where it does not fit.
  package var title: [StyledText] = []
  /// In the middle of the upper edge, where it fits beside the others.
  package var legend: [StyledText] = []
  /// At the right of the upper edge, where it fits beside the title.
  package var note: [StyledText] = []
  /// At the left of the lower edge, truncated where it does not fit.
  package var readout: [StyledText] = []
  /// At the right of the lower edge, where it fits beside the readout.
  package var footnote: [StyledText] = []

  /// A frame with a title, or without a text.
  package init(title: [StyledText] = []) {
    self.title = title
  }
}

extension Canvas {
  /// Draws the border of a pane.
  ///
  /// - Parameter focused: whether the pane has the keyboard focus.
  /// - Returns: the area inside the border.
  @discardableResult
  package mutating func frame(
    _ area: Rectangle, _ texts: FrameTexts = FrameTexts(), focused: Bool = false
  ) -> Rectangle {
    guard area.rows >= 2 && area.columns >= 2 else { return area.inside }
    let style: Style = focused ? .focusedBorder : .border
    let last = area.rows - 1
    edge(area.line(0), from: glyphs.corners[0], to: glyphs.corners[1], style: style)
    edge(area.line(last), from: glyphs.corners[3], to: glyphs.corners[2], style: style)
    for row in 1..<max(1, last) {
      let line = area.line(row)
      fill(line.slice(from: 0, columns: 1), with: glyphs.vertical, style: style)
      fill(line.slice(from: area.columns - 1), with: glyphs.vertical, style: style)
    }
    label(texts.title, texts.legend, texts.note, in: area.line(0))
    label(texts.readout, [], texts.footnote, in: area.line(last))
    return area.inside
  }

  private mutating func edge(
    _ line: Rectangle, from first: Unicode.Scalar, to last: Unicode.Scalar, style: Style
  ) {
    fill(line, with: glyphs.horizontal, style: style)
    fill(line.slice(from: 0, columns: 1), with: first, style: style)
    fill(line.slice(from: line.columns - 1), with: last, style: style)
  }

  /// Writes the texts of an edge: the first as far as it fits, the others only where they fit whole.
  private mutating func label(
    _ left: [StyledText], _ middle: [StyledText], _ right: [StyledText], in line: Rectangle
  ) {
    var space = line.inset(left: 2, right: 2)
    if !left.isEmpty, space.columns > 2 {
      let used = min(width(of: left) + 2, space.columns)
      clear(space.slice(from: 0, columns: used))
      draw(left, in: space.slice(from: 1, columns: used - 2))
      space = space.slice(from: used)
    }
    let rightWidth = width(of: right)
    if rightWidth > 0, rightWidth + 2 <= space.columns {
      let place = space.slice(from: space.columns - rightWidth - 2)
      clear(place)
      draw(right, in: place.slice(from: 1))
      space = space.slice(from: 0, columns: space.columns - rightWidth - 2)
    }
    let middleWidth = width(of: middle)
    guard middleWidth > 0, middleWidth + 6 <= space.columns else { return }
    let place = space.slice(from: 4, columns: middleWidth + 2)
    clear(place)
    draw(middle, in: place.slice(from: 1))
  }

  /// Draws the scroll mark of a list on the right edge of its frame, where not all rows are visible.
  ///
  /// - Parameters:
  ///   - area: the part of the right edge beside the visible rows, one column wide.
  ///   - first: the index of the first visible row.
  ///   - count: the number of all rows.
  package mutating func scrollMark(in area: Rectangle, first: Int, of count: Int, style: Style) {
    guard area.rows > 1, count > area.rows else { return }
    let length = max(1, area.rows * area.rows / count)
    let places = area.rows - length
    let hidden = count - area.rows
    // The ends are reached only where the first or the last row is visible.
    var top = first * places / hidden
    if first > 0 { top = max(top, 1) }
    if first < hidden { top = min(top, places - 1) }
    top = min(max(top, 0), places)
    fill(area.inset(top: top, bottom: places - top), with: glyphs.thumb, style: style)
  }
}
