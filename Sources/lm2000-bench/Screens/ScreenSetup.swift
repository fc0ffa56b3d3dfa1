import Foundation
import TerminalCanvas
import TerminalKit

/// A program and the terminal that it runs in.
struct ScreenSetup {
  var program: ScreenProgram
  var size: Size
  var isTrueColor = false

  /// Starts the program. Ends this program if that fails.
  func start(on log: String) -> TerminalProgram {
    let folder = URL(filePath: log).deletingLastPathComponent().path()
    do {
      return try TerminalProgram(
        [program.path] + program.arguments(log),
        environment: ScreenProgram.environment(home: folder, isTrueColor: isTrueColor), size: size)
    } catch {
      Measurement.stop("\(program.path): \(error)")
    }
  }
}
