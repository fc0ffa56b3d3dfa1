/// What the header shows.
enum Shown {
  /// The time of the log: the last one in the first line.
  static func clock(of screen: String) -> String? {
    let header = screen.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    return header.matches(of: /\d\d:\d\d:\d\d/).last.map { String($0.output) }
  }
}

/// A pane with a frame, as it is read from a screen.
struct ShownPane {
  /// The texts within the frame, from the row below its title on.
  private(set) var rows: [String] = []
  /// The text in its lower edge.
  private(set) var footnote = ""
  /// The text in its upper edge.
  private(set) var title = ""

  /// Finds a pane.
  ///
  /// - Parameter title: the beginning of its title with its digit, `²sections`.
  /// - Returns: nil if the pane is not on the screen, or is not complete.
  init?(_ title: String, on screen: String) {
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    let corner = Array("╭─ " + title)
    for (row, line) in lines.enumerated() {
      guard
        let left = line.indices.first(where: { line[$0...].starts(with: corner) }),
        let right = line[left...].firstIndex(of: "╮")
      else { continue }
      self.title = String(line[left...right])
      for line in lines[(row + 1)...] {
        guard line.count > right else { return nil }
        if line[left] == "╰" {
          footnote = String(line[left...right])
          return
        }
        rows.append(String(line[(left + 1)..<right]))
      }
    }
    return nil
  }
}

/// A table, as it is read from a screen: names and the texts of its columns.
struct ShownTable {
  struct Row: Equatable {
    var name: String
    /// The texts by the title of their column; `·` stands for zero.
    var cells: [String: String]
  }

  private(set) var rows: [Row] = []
  /// The titles of the figures, from left to right.
  private(set) var columns: [String] = []
  /// The title with the mark of the order, `▼hits`.
  private(set) var sorted = ""
  let pane: ShownPane

  /// - Parameters:
  ///   - title: the beginning of its pane's title, `²sections`.
  ///   - name: the head of its names, `section`.
  init?(_ title: String, of name: String, on screen: String) {
    guard let pane = ShownPane(title, on: screen), let head = pane.rows.first else { return nil }
    self.pane = pane
    let titles = Self.titles(head).filter { !$0.text.hasSuffix(name) && !$0.text.contains("last ") }
    guard let first = titles.first else { return nil }
    columns = titles.map { $0.text.trimmingMarks }
    sorted = Self.titles(head).first { "▼▲".contains($0.text.first ?? " ") }?.text ?? ""
    for line in pane.rows.dropFirst() where !line.allSatisfy({ $0 == " " }) {
      let line = Array(line)
      var cells: [String: String] = [:]
      for title in titles { cells[title.text.trimmingMarks] = Self.text(endingAt: title.end, line) }
      let name = String(line[1..<first.start]).split(separator: " ").first.map(String.init) ?? ""
      rows.append(Row(name: name, cells: cells))
    }
  }

  var names: [String] { rows.map(\.name) }

  /// The text of a column in a row.
  func cell(_ column: String, of name: String) -> String? {
    rows.first { $0.name == name }?.cells[column]
  }

  /// The titles in a head, which are separated by two blanks or, if they have a mark, by one.
  private static func titles(_ head: String) -> [(text: String, start: Int, end: Int)] {
    var titles: [(text: String, start: Int, end: Int)] = []
    let head = Array(head)
    var start: Int?
    for index in head.indices {
      let isBlank = head[index] == " "
      let endsHere =
        isBlank
        && (index + 1 >= head.count || head[index + 1] == " " || "▼▲".contains(head[index + 1]))
      if let begin = start, endsHere {
        titles.append((String(head[begin..<index]), begin, index))
        start = nil
      } else if start == nil, !isBlank {
        start = index
      }
    }
    return titles
  }

  /// The text that ends before a column of the screen and is separated by two blanks from the one before.
  private static func text(endingAt end: Int, _ line: [Character]) -> String {
    guard end <= line.count else { return "" }
    var start = end
    while start > 1, !(line[start - 1] == " " && (line[start - 2] == " " || start == end)) {
      start -= 1
    }
    return String(line[start..<end]).trimming
  }
}

extension String {
  fileprivate var trimmingMarks: String { String(drop { "▼▲".contains($0) }) }

  /// Without the blanks at its ends.
  fileprivate var trimming: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
