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
    /// The version that is used; `nil` if the item is left out.
    var chosen: Int?
  }

  private var items: [Item] = []

  /// Adds texts at the left.
  ///
  /// - Parameters:
  ///   - versions: the possible texts, the longest first; empty ones are left out.
  ///   - rank: how important it is that they are shown; 0 is the most important.
  mutating func left(_ versions: [StyledText]..., rank: Int, gap: Int = 2) {
    add(versions, rank, isRight: false, gap)
  }

  /// Adds texts at the right.
  mutating func right(_ versions: [StyledText]..., rank: Int, gap: Int = 2) {
    add(versions, rank, isRight: true, gap)
  }

  private mutating func add(
    _ versions: [[StyledText]], _ rank: Int, isRight: Bool, _ gap: Int
  ) {
    let versions = versions.filter { !$0.isEmpty }
    guard !versions.isEmpty else { return }
    items.append(Item(versions: versions, rank: rank, isRight: isRight, gap: gap))
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
    var items = items
    let order = items.indices.sorted {
      (items[$0].rank, $0) < (items[$1].rank, $1)
    }
    var used = 0
    for index in order {
      let last = items[index].versions.count - 1
      let gap = used > 0 ? items[index].gap : 0
      let width = canvas.width(of: items[index].versions[last]) + gap
      // The most important text is cut off rather than left out.
      guard used + width <= columns || used == 0 else { continue }
      items[index].chosen = last
      used += width
    }
    for index in order {
      guard let current = items[index].chosen else { continue }
      let width = canvas.width(of: items[index].versions[current])
      for version in 0..<current {
        let more = canvas.width(of: items[index].versions[version]) - width
        guard used + more <= columns else { continue }
        items[index].chosen = version
        used += more
        break
      }
    }
    return items.filter { $0.chosen != nil }
  }
}
