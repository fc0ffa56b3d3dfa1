/// A device that displays a canvas and delivers key presses.
package protocol Screen: AnyObject {
  /// The size that the terminal reported last.
  var size: Size { get }

  /// The glyphs that the terminal can display.
  var glyphs: GlyphSet { get }

  /// The colours that are used.
  var theme: Theme { get }

  /// Whether the terminal reports the mouse, which is off at first. It stays off where the terminal
  /// has no mouse.
  var reportsMouse: Bool { get set }

  /// A message about how the terminal is treated, if it needs one.
  var notice: String? { get }

  /// Whether the terminal accepted the last frame completely. While it has not, a further frame is
  /// only stored, so drawing one can wait.
  var isReady: Bool { get }

  /// Whether the terminal was closed: nothing can be displayed and no key will arrive.
  var isGone: Bool { get }

  /// Displays the changed areas of the canvas; the rest of the screen keeps its content.
  ///
  /// Never blocks: a slow terminal skips frames and displays the latest one as soon as it accepts
  /// more output.
  func present(_ canvas: Canvas, changed areas: [Rectangle])

  /// Continues writing output that the terminal did not accept before. Call it at every tick.
  func flush()

  /// The next key press, or `none` where no key is waiting. Never blocks.
  func nextKey() -> Key

  /// Asks the terminal for its size and discards what is known about its content, so that the next
  /// frame must be drawn completely.
  ///
  /// - Returns: whether the size changed.
  @discardableResult
  func resize() -> Bool

  /// Writes every cell again with the next frame, whatever the terminal is assumed to display.
  func redraw()

  /// Uses other colours. As after `resize()`, the next frame must be drawn completely.
  func setTheme(_ theme: Theme)

  /// Rings the bell.
  func beep()

  /// Restores the terminal to its former state until `resume()`.
  func suspend()

  /// Stops using the terminal without restoring it, because another program has used it since. The
  /// screen writes nothing until `resume()`.
  func detach()

  /// Takes over the terminal again, whatever its state is.
  func resume()

  /// Restores the terminal for good. Further calls do nothing.
  func restore()
}
