/// Where a canvas is shown and keys come from.
package protocol Screen: AnyObject {
  /// As the terminal told it last.
  var size: Size { get }

  /// What the terminal can show.
  var glyphs: GlyphSet { get }

  /// Whether the terminal took all of the last frame. Where it did not, it is slower than we are: a
  /// further frame would be kept and not shown, so there is no hurry to draw one.
  var isReady: Bool { get }

  /// Whether the terminal went away: nothing can be shown any more, no key will come.
  var isGone: Bool { get }

  /// Shows areas of the canvas; what lies outside them stays as it was shown last.
  ///
  /// Never waits: where the terminal is slow, frames are skipped, and the latest one is shown when
  /// there is room again.
  func present(_ canvas: Canvas, changed areas: [Rectangle])

  /// Goes on writing what the terminal had no room for; to be called at every tick.
  func flush()

  /// The next key that was typed; `none` where none waits. Never waits itself.
  func nextKey() -> Key

  /// Takes the terminal's size anew and forgets what it shows: everything is to be drawn again.
  ///
  /// - Returns: whether the size is another one.
  @discardableResult
  func resize() -> Bool

  /// Writes every cell again with the next frame, whatever the terminal was thought to show.
  func redraw()

  /// Rings the bell.
  func beep()

  /// Gives the terminal back for a while, as it was before.
  func suspend()

  /// Others had the terminal without asking; nothing is told to it until it is taken again.
  func lose()

  /// Takes it again, in whatever state it is.
  func resume()

  /// Gives the terminal back for good; a second call does nothing.
  func restore()
}
