import DashboardModel
import SafeText
import TerminalCanvas

/// The help: all keys, grouped by what a person wants to do, over everything else. It has as many
/// columns as fit, and scrolls if there is more.
struct HelpPane {
  /// The columns of a key.
  private static let keyWidth = 15
  /// The narrowest and the widest column of keys with their meanings.
  private static let widths = 36...50
  /// The gap between two columns of keys.
  private static let gap = 2

  /// The help as it is laid out in some area: columns of lines.
  private struct Text {
    var columns: [[[StyledText]]]
    /// The width of a column.
    var width: Int
    var height: Int { columns.map(\.count).max() ?? 0 }
    /// The width of all columns with their gaps.
    var totalWidth: Int { columns.count * (width + HelpPane.gap) - HelpPane.gap }
  }

  /// The area of the help, in the middle of the screen.
  static func area(on screen: Rectangle) -> Rectangle {
    let text = text(in: screen.inside)
    let width = min(screen.columns, text.totalWidth + 2)
    let height = min(screen.rows, text.height + 2)
    return Rectangle(
      row: (screen.rows - height) / 2, column: (screen.columns - width) / 2, rows: height,
      columns: width)
  }

  /// The text with as few columns as show everything, or with as many as fit.
  private static func text(in inside: Rectangle) -> Text {
    let most = max(1, min(3, (inside.columns + gap) / (widths.lowerBound + gap)))
    let texts = (1...most).map { count in
      let room = (inside.columns + gap) / count - gap
      let width = max(1, min(room, count == 1 ? 60 : widths.upperBound))
      let groups = HelpKeys.groups.map { group(of: $0, width: width) }
      return Text(columns: distribute(groups, among: count), width: width)
    }
    return texts.first { $0.height <= inside.rows }
      ?? texts.min { $0.height < $1.height } ?? Text(columns: [], width: 0)
  }

  /// The lines of the help, each with the texts of all columns.
  ///
  /// - Parameter inside: the area within the frame, on a screen of any size.
  static func lines(on inside: Rectangle) -> [[StyledText]] {
    let text = text(in: inside)
    return (0..<text.height).map { row in
      text.columns.enumerated().flatMap { index, column -> [StyledText] in
        let line = row < column.count ? column[row] : []
        guard index + 1 < text.columns.count else { return line }
        let used = line.reduce(0) { $0 + $1.text.width }
        return line + [StyledText(SafeString("").padded(to: text.width + gap - used))]
      }
    }
  }

  /// Puts groups into columns of about the same height, in their order.
  private static func distribute(
    _ groups: [[[StyledText]]], among count: Int
  ) -> [[[StyledText]]] {
    let total = groups.reduce(0) { $0 + $1.count }
    var columns: [[[StyledText]]] = [[]]
    for group in groups {
      let isFull = columns[columns.count - 1].count + group.count / 2 > total / count
      if isFull, columns.count < count { columns.append([]) }
      columns[columns.count - 1] += group
    }
    // The blank line below the last group of a column is not needed.
    return columns.map { Array($0.dropLast()) }
  }

  /// A group with its title, as lines.
  private static func group(of group: HelpKeys.Group, width: Int) -> [[StyledText]] {
    let title = [StyledText(SafeString(group.title), .heading)]
    let keys = group.keys.flatMap { hint -> [[StyledText]] in
      let key = SafeString(" " + hint.key).padded(to: keyWidth)
      let lines = wrapped(hint.meaning, to: width - key.width)
      return lines.enumerated().map { index, text in
        [
          StyledText(index == 0 ? key : SafeString("").padded(to: keyWidth), .key),
          StyledText(text),
        ]
      }
    }
    return [title] + keys + [[]]
  }

  /// The words of a text in lines of at most some columns.
  private static func wrapped(_ text: String, to columns: Int) -> [SafeString] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= columns {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { SafeString($0) }
  }

  /// - Parameter offset: the first visible line.
  static func draw(from offset: Int, in area: Rectangle, on canvas: inout Canvas) {
    canvas.clear(area)
    let lines = lines(on: area.inside)
    let visible = lines.dropFirst(offset).prefix(area.inside.rows)
    let more = visible.count < lines.count && !visible.isEmpty
    var texts = FrameTexts()
    texts.title = [StyledText("Keys", .heading)]
    texts.note = [StyledText(more ? "j k scroll, q closes" : "q closes", .muted)]
    if more {
      texts.footnote = [
        StyledText(SafeString("\(offset + 1)-\(offset + visible.count) of \(lines.count)"), .muted)
      ]
    }
    let inside = canvas.frame(area, texts, focused: true)
    for (index, line) in visible.enumerated() { canvas.draw(line, in: inside.line(index)) }
    canvas.scrollMark(
      in: area.slice(from: area.columns - 1).inset(top: 1, bottom: 1), first: offset,
      of: lines.count, style: .focusedBorder)
  }
}
