import SafeText
import TerminalCanvas

/// Arranges texts in one line, as many as fit by their importance. Texts keep their order; those at the
/// right end at the right edge.
struct LineComposer {
  /// A part of the line.
  private struct Item {
    /// The possible texts, the longest first.
    var versions: [[StyledText]]
    var rank: Int
    var isRight: Bool
    /// The blanks to the next item.
    var gap: Int
    /// Its longer versions come before the items of lower ranks than `vitalRanks`.
    var isVital: Bool
    /// The version that is used; `nil` if the item is left out.
    var chosen: Int?
  }

  /// The ranks of the items without which a line means nothing.
  private static let vitalRanks = 0...3

  private var items: [Item] = []

  /// Adds texts at the left.
  ///
  /// - Parameters:
  ///   - versions: the possible texts, the longest first; empty ones are left out.
  ///   - rank: how important it is that they are shown; 0 is the most important.
  ///   - isVital: whether a longer version is more important than texts of low ranks.
  mutating func left(
    _ versions: [StyledText]..., rank: Int, gap: Int = 2, isVital: Bool = false
  ) {
    add(versions, rank, isRight: false, gap, isVital)
  }

  /// Adds texts at the left, given as a list of versions.
  mutating func left(
    _ versions: [[StyledText]], rank: Int, gap: Int = 2, isVital: Bool = false
  ) {
    add(versions, rank, isRight: false, gap, isVital)
  }

  /// Adds texts at the right.
  mutating func right(_ versions: [StyledText]..., rank: Int, gap: Int = 2) {
    add(versions, rank, isRight: true, gap, false)
  }

  private mutating func add(
    _ versions: [[StyledText]], _ rank: Int, isRight: Bool, _ gap: Int, _ isVital: Bool
  ) {
    let versions = versions.filter { !$0.isEmpty }
    guard !versions.isEmpty else { return }
    items.append(
      Item(versions: versions, rank: rank, isRight: isRight, gap: gap, isVital: isVital))
  }

  /// Draws the texts that fit.
  ///
  /// - Returns: the free part between those at the left and those at the right.
  @discardableResult
  func draw(in line: Rectangle, on canvas: inout Canvas) -> Rectangle {
    let chosen = choose(for: line.columns, canvas)
    var left = line.column
    var right = line.endColumn
    for item in chosen where !item.isRight {
      let texts = item.versions[item.chosen ?? 0]
      left += canvas.draw(texts, in: line.slice(from: left - line.column)) + item.gap
    }
    for item in chosen.reversed() where item.isRight {
      let texts = item.versions[item.chosen ?? 0]
      right -= canvas.width(of: texts)
      canvas.draw(texts, in: line.slice(from: right - line.column))
      right -= item.gap
    }
    return line.slice(from: left - line.column, columns: right - left)
  }

  /// Chooses the shortest versions by rank, then longer ones as far as they fit.
  private func choose(for columns: Int, _ canvas: Canvas) -> [Item] {
    var choice = Choice(items: items, columns: columns, canvas: canvas)
    let order = items.indices.sorted {
      (items[$0].rank, $0) < (items[$1].rank, $1)
    }
    let vital = order.filter { Self.vitalRanks.contains(items[$0].rank) }
    for index in vital { choice.add(index) }
    for index in vital where items[index].isVital { choice.lengthen(index) }
    for index in order.dropFirst(vital.count) { choice.add(index) }
    for index in order { choice.lengthen(index) }
    return choice.items.filter { $0.chosen != nil }
  }

  /// The versions that are chosen for a line.
  private struct Choice {
    var items: [Item]
    let columns: Int
    let canvas: Canvas
    private var used = 0

    init(items: [Item], columns: Int, canvas: Canvas) {
      (self.items, self.columns, self.canvas) = (items, columns, canvas)
    }

    /// Adds the shortest version of an item, if it fits.
    mutating func add(_ index: Int) {
      let last = items[index].versions.count - 1
      let gap = used > 0 ? items[index].gap : 0
      let width = canvas.width(of: items[index].versions[last]) + gap
      // The most important text is cut off rather than left out.
      guard used + width <= columns || used == 0 else { return }
      items[index].chosen = last
      used += width
    }

    /// Replaces the version of an item by the longest that fits.
    mutating func lengthen(_ index: Int) {
      guard let current = items[index].chosen else { return }
      let width = canvas.width(of: items[index].versions[current])
      for version in 0..<current {
        let more = canvas.width(of: items[index].versions[version]) - width
        guard used + more <= columns else { continue }
        items[index].chosen = version
        used += more
        return
      }
    }
  }
}
