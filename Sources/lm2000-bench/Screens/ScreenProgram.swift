import Foundation

/// A program whose screen is measured.
struct ScreenProgram {
  var name: String
  /// The path of the program.
  var path: String
  /// Its arguments, given the path of a log.
  var arguments: (String) -> [String]

  /// The path of the program that was built beside this one. Ends this program if there is none.
  static func monitorPath() -> String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    let path = URL(filePath: own).deletingLastPathComponent().appending(path: "lm2000").path()
    guard FileManager.default.isExecutableFile(atPath: path) else {
      Measurement.stop("\(path): there is none; try: swift build -c release")
    }
    return path
  }

  /// The program that was built beside this one.
  static func monitor() -> ScreenProgram {
    // Half as much again as the traffic has: no alert.
    let threshold = "\(Int(GrowingLog.rate * 1.5))"
    return ScreenProgram(name: "lm2000", path: monitorPath()) {
      ["--high-traffic-threshold", threshold, $0]
    }
  }

  /// The same program without a screen, which reads and analyzes the log all the same.
  static func reader() -> ScreenProgram {
    let monitor = monitor()
    return ScreenProgram(name: "lm2000, no screen", path: monitor.path) {
      ["--follow", "--output", "ndjson"] + monitor.arguments($0)
    }
  }

  /// The other programs that are installed.
  static func others() -> [ScreenProgram] {
    let all = [
      ScreenProgram(name: "htop", path: "/usr/bin/htop") { _ in [] },
      ScreenProgram(name: "btop", path: "/usr/bin/btop") { _ in [] },
      ScreenProgram(name: "goaccess", path: "/usr/bin/goaccess") {
        [$0, "--log-format=COMBINED", "--no-global-config"]
      },
    ]
    return all.filter { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// The environment of a program that has `folder` for its settings.
  ///
  /// - Parameter isTrueColor: whether the terminal says that it can display all colours.
  static func environment(home folder: String, isTrueColor: Bool) -> [String: String] {
    var variables = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": folder,
    ]
    if isTrueColor { variables["COLORTERM"] = "truecolor" }
    return variables
  }
}
