import AccessLog
import EventOutput
import Glibc
import Messages
import SafeText

/// One line on standard error for each thing that goes wrong: `lm2000: OBJECT: reason`.
enum Diagnostics {
  static func say(_ object: String, _ reason: String) {
    say("lm2000: \(object): \(reason)")
  }

  static func say(_ object: Name, _ reason: String) {
    say("lm2000: \(SafeString(object.bytes).text): \(reason)")
  }

  static func say(_ object: Name, _ notice: Notice) {
    say(object, notice.text.text)
  }

  static func say(_ line: String) {
    let text = SafeString(line, as: ProcessEnvironment.glyphs.encoding).text
    write(text + "\n", to: STDERR_FILENO)
  }

  /// Text of our own, as far as the descriptor takes it.
  static func write(_ text: String, to descriptor: Int32) {
    try? DescriptorSink(descriptor: descriptor, flushesEveryWrite: true).write(Array(text.utf8))
  }

  /// Ends the program where standard output failed; output that nobody reads any more is no error.
  static func end(for failure: OutputFailure) -> Never {
    guard failure != .closed else { exit(0) }
    say("standard output", failure.reason)
    exit(1)
  }
}
