import CursesTerminal
import Foundation
import Glibc
import TerminalCanvas

/// What the program finds where it was started.
enum ProcessEnvironment {
  static let variables = ProcessInfo.processInfo.environment

  /// The characters that the terminal and whoever reads our output can show.
  static let glyphs = setCharacterLocale(environment: variables)

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }
}
