import DashboardModel
import SafeText
import TerminalCanvas

/// The help: all keys, grouped by what a person wants to do, over everything else. It has as many
/// columns as fit, and scrolls if there is more.
struct HelpPane {
  /// The columns of a key and its meaning, and of the key alone.
  private static let columnWidth = 46
  private static let keyWidth = 17
  /// The gap between two columns of keys.
  private static let gap = 2

  /// The area of the help, in the middle of the screen.
  static func area(on screen: Rectangle) -> Rectangle {
    let inside = Rectangle(
      row: 0, column: 0, rows: max(0, screen.rows - 2), columns: max(0, screen.columns - 2))
    let count = columns(in: inside)
    let width = min(screen.columns, count * (columnWidth + gap) + 2)
    let height = min(
      screen.rows,
      lines(
        on: Rectangle(
          row: 0, column: 0, rows: inside.rows, columns: width - 2)
      ).count + 2)
    return Rectangle(
      row: (screen.rows - height) / 2, column: (screen.columns - width) / 2, rows: height,
      columns: width)
  }

  /// The number of columns: no more than are needed for everything to be visible.
  private static func columns(in inside: Rectangle) -> Int {
    let most = max(1, min(3, inside.columns / (columnWidth + gap)))
    let all = HelpKeys.groups.reduce(0) { $0 + $1.keys.count + 2 }
    return (1...most).first { all <= inside.rows * $0 } ?? most
  }

  /// The lines of the help, each with the texts of all columns.
  ///
  /// - Parameter inside: the area within the frame.
  static func lines(on inside: Rectangle) -> [[StyledText]] {
    let count = max(1, min(columns(in: inside), inside.columns / (columnWidth + gap)))
    let width = count == 1 ? inside.columns : columnWidth
    let groups = HelpKeys.groups.map { group(of: $0, width: width) }
    let columns = distribute(groups, among: count)
    let height = columns.map(\.count).max() ?? 0
    return (0..<height).map { row in
      columns.flatMap { column -> [StyledText] in
        let line = row < column.count ? column[row] : []
        let used = line.reduce(0) { $0 + $1.text.width }
        let blank = SafeString("").padded(to: max(0, width + gap - used))
        return line + [StyledText(blank)]
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
    return columns
  }

  /// A group with its title, as lines.
  private static func group(of group: HelpKeys.Group, width: Int) -> [[StyledText]] {
    let title = [StyledText(SafeString(" " + group.title), .heading)]
    let keys = group.keys.flatMap { hint -> [[StyledText]] in
      let key = SafeString("  " + hint.key).padded(to: keyWidth)
      let lines = wrapped(hint.meaning, to: width - key.width - 1)
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
