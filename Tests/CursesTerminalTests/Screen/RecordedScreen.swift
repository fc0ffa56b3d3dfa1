import Glibc
import TerminalCanvas
import TerminalKit

@testable import CursesTerminal

/// A screen of any size that writes into a file, and the picture that a terminal makes of its output.
final class RecordedScreen {
  let screen: CursesScreen
  private let file: UnsafeMutablePointer<FILE>
  private let size: SizeBox
  private var readCount = 0
  private var picture: TerminalPicture

  /// The size that the terminal reports; it may change while the screen is open.
  private final class SizeBox {
    var size: Size
    init(_ size: Size) { self.size = size }
  }

  /// - Parameter configure: changes the settings of the screen.
  init(
    _ size: Size, type: String = "xterm-256color",
    configure: (inout TerminalSettings) -> Void = { _ in }
  ) throws {
    let box = SizeBox(size)
    let file = tmpfile()!
    var settings = TerminalSettings(type: type)
    settings.output = fileno(file)
    settings.input = fileno(file)
    settings.measure = { _ in box.size }
    configure(&settings)
    self.file = file
    self.size = box
    screen = try CursesScreen(settings)
    picture = TerminalPicture(size: screen.size)
  }

  deinit {
    screen.restore()
    fclose(file)
  }

  func resize(to other: Size) {
    size.size = other
    screen.resize()
    picture.resize(to: screen.size)
  }

  func present(_ canvas: Canvas, changed areas: [Rectangle]? = nil) {
    screen.present(canvas, changed: areas ?? [canvas.bounds])
  }

  /// The bytes written since the last call.
  func drainOutput() -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(fileno(file), &buffer, buffer.count, off_t(readCount))
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
      readCount += count
    }
  }

  /// Displays output of somebody else, or what the terminal does by itself.
  func disturb(_ text: String) {
    picture.append(drainOutput() + Array(text.utf8))
  }

  /// The picture that a terminal displays now.
  func shown() -> TerminalPicture {
    picture.append(drainOutput())
    return picture
  }

  /// The rows that a terminal displays now, without trailing blanks.
  func lines() -> [String] { shown().lines }
}
