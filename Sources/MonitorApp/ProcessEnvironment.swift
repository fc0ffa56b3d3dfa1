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

  /// The number of processors that the process may use: the bits of `Cpus_allowed` in
  /// /proc/self/status. (proc(5); Foundation counts those of the machine.)
  static let processors: Int = {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
    let bits = line?.split(separator: ":").last?.reduce(0) { bits, digit in
      bits + (digit.hexDigitValue?.nonzeroBitCount ?? 0)
    }
    return max(1, bits ?? 1)
  }()

  /// Whether a descriptor is a terminal. (isatty(3))
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }
}
