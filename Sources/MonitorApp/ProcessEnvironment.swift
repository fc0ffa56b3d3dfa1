import CursesTerminal
import Foundation
import Glibc
import TerminalCanvas

/// The environment of the process.
enum ProcessEnvironment {
  /// The environment variables.
  static let variables = ProcessInfo.processInfo.environment

  /// The glyphs that the locale allows.
  static let glyphs = setCharacterLocale(environment: variables)

  /// Whether a descriptor is a terminal. (isatty(3))
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }
}
