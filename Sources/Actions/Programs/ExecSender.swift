import Glibc
import PrivateFiles
import SafeText
import Synchronization

/// Runs a program for each notification: the event in JSON on its standard input, and the most important
/// facts in variables. Its arguments are fixed, so that no text from a log is ever interpreted.
final class ExecSender: Sender {
  private let arguments: [String]
  private let environment: [String: String]
  private let origin: Origin
  private let limits: DeliveryLimits
  private let monotonic: @Sendable () -> Double
  /// The process group that is running.
  private let group = Mutex<pid_t?>(nil)

  /// - Parameters:
  ///   - arguments: the absolute path of the program, and its arguments.
  ///   - environment: the variables of this process, of which a few are handed on.
  init(
    _ arguments: [String], environment: [String: String], origin: Origin, limits: DeliveryLimits,
    monotonic: @escaping @Sendable () -> Double
  ) {
    self.arguments = arguments
    self.environment = environment
    self.origin = origin
    self.limits = limits
    self.monotonic = monotonic
  }

  func send(_ notification: ActionNotification) -> SendResult {
    run(input: notification.body(origin, fieldLimit: nil), variables: variables(notification))
  }

  /// Runs the program with this input.
  func run(input: [UInt8], variables: [String]) -> SendResult {
    let path: String
    do throws(FileProblem) {
      path = try TrustedProgram.resolved(arguments[0])
    } catch {
      return .refused(error.reason)
    }
    let child = ChildProgram(
      path: path, arguments: arguments, environment: variables, input: input,
      timeout: limits.totalTimeout,
      grace: limits.terminationGrace, now: monotonic)
    let (ending, output) = child.run { child in group.withLock { $0 = child } }
    switch ending {
    case .exited(0): return .sent
    case .exited(let status): return .failed("exit status \(status)" + Self.firstLine(output))
    case .killed(let signal): return .failed("killed by signal \(signal)")
    case .timedOut: return .failed("timed out after \(Int(limits.totalTimeout)) s")
    case .notStarted(let reason): return .failed(reason)
    }
  }

  func cancel() {
    group.withLock { group in
      if let group { kill(-group, SIGKILL) }
    }
  }

  private static func firstLine(_ output: [UInt8]) -> String {
    guard let line = output.split(separator: UInt8(ascii: "\n")).first else { return "" }
    return ": " + SafeString(Array(line), limit: 120).text
  }

  // MARK: - Variables

  /// The variables of this process that a program may need. Others may be secret.
  private static let handedOn = ["PATH", "HOME", "LANG", "TZ"]

  /// The variables that every program gets.
  var commonVariables: [String] {
    Self.handedOn.compactMap { name in environment[name].map { "\(name)=\($0)" } }
  }

  private func variables(_ notification: ActionNotification) -> [String] {
    var facts = [
      ("ID", notification.id), ("RULE", notification.rule), ("KEY", notification.key ?? ""),
      ("STATE", notification.state.rawValue), ("TIME", String(notification.time.value)),
      ("VALUE", notification.value), ("HITS", String(notification.hits)),
      ("WINDOW", String(notification.window)), ("LIMIT", notification.limit),
      ("MESSAGE", notification.message), ("HOST", origin.host), ("VERSION", origin.version),
    ]
    if let duration = notification.duration { facts.append(("DURATION", String(duration))) }
    return commonVariables
      + facts.map { name, value in
        // Safe text holds no control characters, of which NUL would end the variable.
        "LM2000_\(name)=" + ClippedText.text(SafeString(ClippedText.text(value)).text)
      }
  }
}
