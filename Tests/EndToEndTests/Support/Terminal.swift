import Foundation
import Testing

/// A real terminal: tmux with a server of its own. Without tmux the tests fail.
final class Terminal {
  private let socket = "lm2000-" + UUID().uuidString

  init(_ command: String, columns: Int = 100, rows: Int = 30) throws {
    let script = "\(command); echo \"exit=$?\"; exec cat"
    let started = try tmux(
      "-f", "/dev/null", "-u", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "env LANG=C.UTF-8 TZ=UTC sh -c \(Self.quoted(script))")
    try #require(started.status == 0, "tmux: \(started.errors)")
  }

  deinit { _ = try? tmux("kill-server") }

  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  @discardableResult
  private func tmux(_ words: String...) throws -> Ended {
    try Ended.running((["tmux", "-L", socket] + words.map(Self.quoted)).joined(separator: " "))
  }

  var screen: String {
    get throws { try tmux("capture-pane", "-p").output }
  }

  /// The screen with the escape sequences of its styles.
  var styledScreen: String {
    get throws { try tmux("capture-pane", "-p", "-e").output }
  }

  /// The value of a tmux variable, such as `alternate_on`, `cursor_flag`, `pane_pid`.
  func value(_ name: String) throws -> String {
    try tmux("display-message", "-p", "#{\(name)}").output.trimmingCharacters(in: .newlines)
  }

  func type(_ keys: String...) throws {
    for key in keys { try tmux("send-keys", key) }
  }

  /// Types keys so that they are read together. Seeks then add up; a key that comes later would cancel a
  /// long seek.
  func typeTogether(_ keys: String) throws {
    try tmux("send-keys", "-l", keys)
  }

  func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  /// Waits until a condition holds for the screen.
  ///
  /// - Returns: the screen.
  @discardableResult
  func wait(
    _ description: Comment, location: SourceLocation = #_sourceLocation,
    until holds: (String) -> Bool
  ) throws -> String {
    let end = Date().addingTimeInterval(60)
    var last = ""
    while Date() < end {
      last = try screen
      if holds(last) { return last }
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
