import Foundation
import Testing

/// A real terminal: tmux with a server of its own. Without tmux the tests fail.
final class Terminal {
  private let socket = "lm2000-" + UUID().uuidString
  /// The folder in which the program remembers choices.
  private let state: Folder

  /// Starts a command.
  ///
  /// - Parameters:
  ///   - state: where the program remembers choices; by default a folder of its own, so that none
  ///     reach another test.
  init(
    _ command: String, columns: Int = 100, rows: Int = 30, environment: [String: String] = [:],
    state: Folder? = nil
  ) throws {
    self.state = try state ?? Folder()
    let script = "\(command); echo \"exit=$?\"; exec cat"
    let usual = ["LANG": "C.UTF-8", "TZ": "UTC", "XDG_STATE_HOME": self.state.path("")]
    let variables = usual.merging(environment) { _, own in own }
      .map { $0.key + "=" + Self.quoted($0.value) }
    let started = try tmux(
      "-f", "/dev/null", "-u", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "env \(variables.joined(separator: " ")) sh -c \(Self.quoted(script))")
    try #require(started.status == 0, "tmux: \(started.errors)")
  }

  deinit { _ = try? tmux("kill-server") }

  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  @discardableResult
  private func tmux(_ words: String...) throws -> Ended { try tmux(words) }

  @discardableResult
  private func tmux(_ words: [String]) throws -> Ended {
    try Ended.running((["tmux", "-L", socket] + words.map(Self.quoted)).joined(separator: " "))
  }

  var screen: String {
    get throws { try tmux("capture-pane", "-p").output }
  }

  /// The screen with the escape sequences of its styles.
  var styledScreen: String {
    get throws { try tmux("capture-pane", "-p", "-e").output }
  }

  /// The first line that begins with a text, with the escape sequences of its styles.
  func styledLine(beginningWith text: String) throws -> String? {
    try styledScreen.split(separator: "\n").first {
      $0.replacing(/\u{1B}\[[0-9;]*m/, with: "").hasPrefix(text)
    }.map(String.init)
  }

  /// The value of a tmux variable, such as `alternate_on`, `cursor_flag`, `pane_pid`.
  func value(_ name: String) throws -> String {
    try tmux("display-message", "-p", "#{\(name)}").output.trimmingCharacters(in: .newlines)
  }

  func type(_ keys: String...) throws { try type(keys) }

  func type(_ keys: [String]) throws {
    for key in keys { try tmux("send-keys", key) }
  }

  /// Types a key several times.
  func type(_ key: String, times: Int) throws {
    try tmux("send-keys", "-N", "\(times)", key)
  }

  /// Types keys so that they are read together. Seeks then add up; a key that comes later would cancel a
  /// long seek.
  func typeTogether(_ keys: String) throws {
    try tmux("send-keys", "-l", keys)
  }

  /// Sends a report of the mouse in the form of xterm's mode 1006. tmux has no mouse of its own.
  ///
  /// - Parameters:
  ///   - button: 0 for the left one, 64 and 65 for the wheel up and down.
  ///   - column: counted from 1, as the row.
  func reportMouse(button: Int, column: Int, row: Int) throws {
    let report = "\u{1B}[<\(button);\(column);\(row)M"
    try tmux(["send-keys", "-H"] + report.utf8.map { String($0, radix: 16) })
  }

  func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// Waits until a condition holds for the screen, twice in a row: the first time the frame may still
  /// be drawn.
  ///
  /// - Returns: the screen.
  @discardableResult
  func wait(
    _ description: Comment, location: SourceLocation = #_sourceLocation,
    until holds: (String) -> Bool
  ) throws -> String {
    let end = Date().addingTimeInterval(60)
    var last = ""
    var heldBefore = false
    while Date() < end {
      last = try screen
      let isHeld = holds(last)
      if isHeld, heldBefore { return last }
      heldBefore = isHeld
      usleep(50_000)
    }
    Issue.record("\(description)\n\(last)", sourceLocation: location)
    throw CancellationError()
  }

  @discardableResult
  func wait(
    for text: String, location: SourceLocation = #_sourceLocation
  ) throws -> String {
    try wait("waiting for: \(text)", location: location) { $0.contains(text) }
  }
}
