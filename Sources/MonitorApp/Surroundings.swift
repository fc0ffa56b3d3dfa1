import CursesTerminal
import Foundation
import Glibc
import TerminalCanvas

/// What the program finds where it was started.
enum Surroundings {
  static let environment = ProcessInfo.processInfo.environment

  /// The characters that the terminal and whoever reads our output can show.
  static let glyphs = setCharacterLocale(environment: environment)

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }
}
