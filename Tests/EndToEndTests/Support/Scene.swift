import Foundation
import Testing

/// A screenshot of the file `Screenshots/scenes`: how it is made, and what it shows.
struct Scene: Sendable, CustomTestStringConvertible {
  enum Step {
    /// A key by tmux's name.
    case key(String)
    /// Wait until the screen contains a text.
    case wait(for: String)
  }

  /// The first second of the scenario `busy-evening`.
  private static let beginning = 1_773_518_400

  var name: String
  var columns: Int
  var rows: Int
  /// The length of the log.
  var seconds: Int
  var options: String
  var steps: [Step]

  var testDescription: String { name }
  var picture: String { Scene.folder + name + ".png" }

  /// The text that the picture shows, line by line.
  var text: [String] {
    get throws {
      Self.lines(try String(contentsOfFile: Scene.folder + name + ".txt", encoding: .utf8))
    }
  }

  static let folder = Built.root + "Screenshots/"

  /// All scenes in the file.
  static let all: [Scene] = {
    let text = (try? String(contentsOfFile: folder + "scenes", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { Scene($0) }
  }()

  /// - Parameter line: name, size, background, seconds, options and steps, separated by `|`.
  private init?(_ line: Substring) {
    let fields = line.split(separator: "|", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard fields.count == 6, let seconds = Int(fields[3]) else { return nil }
    let size = fields[1].split(separator: "x").compactMap { Int($0) }
    guard size.count == 2 else { return nil }
    name = fields[0]
    (columns, rows) = (size[0], size[1])
    self.seconds = seconds
    options = fields[4]
    steps = fields[5].split(separator: " ").map { word in
      word.count > 1 && word.hasPrefix("=")
        ? .wait(for: String(word.dropFirst())) : .key(String(word))
    }
  }

  /// The lines of a screen without the blanks at their ends and the empty lines at its end.
  static func lines(_ screen: String) -> [String] {
    var lines = screen.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines
  }

  /// Starts the program on the log of this scene, and types the keys.
  ///
  /// - Parameter folder: where the log is written.
  func play(in folder: Folder) throws -> Terminal {
    let made = try Ended.running(
      "\(Built.folder)/lm2000-traffic --scenario busy-evening --format combined"
        + " --seconds \(seconds) --output '\(folder.path("access.log"))'")
    try #require(made.status == 0, "\(made.errors)")
    let clock = Self.beginning + seconds - 1
    let terminal = try Terminal(
      "cd '\(folder.path(""))' && env LM2000_INJECT_CLOCK=\(clock) COLORTERM=truecolor"
        + " \(Built.program) \(options) access.log",
      columns: columns, rows: rows)
    for step in steps {
      switch step {
      case .key(let key): try terminal.type(key)
      case .wait(let text): try terminal.wait(for: text)
      }
    }
    return terminal
  }
}
