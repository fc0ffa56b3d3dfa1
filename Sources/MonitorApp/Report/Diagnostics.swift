import AccessLog
import EventOutput
import Glibc
import Messages
import SafeText

/// Messages on standard error, one line each: `lm2000: OBJECT: reason`.
enum Diagnostics {
  static func print(_ object: String, _ reason: String) {
    print("lm2000: \(object): \(reason)")
  }

  static func print(_ object: Name, _ reason: String) {
    print("lm2000: \(SafeString(object.bytes).text): \(reason)")
  }

  /// - Parameter object: the name of the source, unless the notice names it.
  static func print(_ object: Name, _ notice: Notice) {
    if case .about(let source, let notice) = notice { return print(source, notice) }
    print(object, notice.text.text)
  }

  static func print(_ line: String) {
    let text = SafeString(line, as: ProcessEnvironment.glyphs.encoding).text
    write(text + "\n", to: STDERR_FILENO)
  }

  /// Writes text that is safe for a terminal. Errors are ignored.
  static func write(_ text: String, to descriptor: Int32) {
    try? DescriptorSink(descriptor: descriptor, flushesEveryWrite: true).write(Array(text.utf8))
  }

  /// Exits because standard output failed. A pipe whose reader has closed it is not an error.
  static func terminate(for failure: OutputFailure) -> Never {
    guard failure != .closed else { exit(0) }
    print("standard output", failure.reason)
    exit(1)
  }

  /// Exits if reports of other servers cannot answer what is asked.
  @MainActor
  static func exitIfRefused(_ session: Session) {
    guard let limit = session.pipeline.reportLimits.first else { return }
    let option =
      switch limit.subject {
      case .filter: "--filter"
      case .lines: "--output"
      case .rule: "--alert"
      }
    print(option, limit.text)
    exit(2)
  }
}
