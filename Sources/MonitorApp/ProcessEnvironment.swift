import CProcess
import CursesTerminal
import Glibc
import SafeText
import TerminalCanvas

/// The environment of the process.
enum ProcessEnvironment {
  /// The environment variables.
  static let variables: [String: String] = {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let parts = String(cString: entry)
        .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if let value = parts.dropFirst().first { variables[String(parts[0])] = String(value) }
      next += 1
    }
    return variables
  }()

  /// The glyphs that the locale allows.
  static let glyphs = setCharacterLocale(environment: variables)

  /// The number of processors that the process may use. (sched_getaffinity(2))
  static let processors = max(1, Int(cprocess_processors()))

  /// The folder for what the program keeps for its next run. (XDG Base Directory Specification)
  ///
  /// - Returns: `nil` if the environment names no absolute path.
  static func stateFolder(_ environment: [String: String]) -> String? {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/lm2000" }
    if let home = environment["HOME"], home.hasPrefix("/") {
      return home + "/.local/state/lm2000"
    }
    return nil
  }

  /// The name of this machine. (gethostname(2))
  static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return SafeString(bytes).text
  }

  /// Whether a descriptor is a terminal. (isatty(3))
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }
}
