import TerminalCanvas
import TerminalKit

/// A screen without a terminal: it records the frames, and delivers the keys that a test types.
final class FakeScreen: Screen {
  private(set) var size: Size
  let glyphs = GlyphSet.unicode
  private(set) var theme = Theme.dark
  var reportsMouse = false
  var notice: String?
  var isReady = true
  var isGone = false
  /// The frames that were presented, with the changed areas of each.
  private(set) var frames: [(lines: [String], areas: [Rectangle])] = []
  private(set) var beeps = 0
  private(set) var redraws = 0
  private var keys: [Key] = []
  /// The size that the terminal has by now.
  var terminalSize: Size

  init(rows: Int = 30, columns: Int = 110) {
    size = Size(rows: rows, columns: columns)
    terminalSize = size
  }

  /// The latest frame.
  var picture: String { frames.last?.lines.joined(separator: "\n") ?? "" }

  func type(_ keys: Key...) { self.keys += keys }

  func present(_ canvas: Canvas, changed areas: [Rectangle]) {
    frames.append((canvas.lines, areas))
  }

  func nextKey() -> Key { keys.isEmpty ? .none : keys.removeFirst() }

  func resize() -> Bool {
    defer { size = terminalSize }
    return size != terminalSize
  }

  func redraw() { redraws += 1 }

  func setTheme(_ theme: Theme) { self.theme = theme }

  func beep() { beeps += 1 }

  func flush() {}

  func suspend() {}

  func detach() {}

  func resume() {}

  func restore() {}
}
