import AccessLog
import Actions
import Dispatch
import Glibc
import KafkaTransfer

/// Acts upon events that another run of the program has written, until they end or a signal comes.
///
/// The handlers of its loop keep it alive until the program exits.
@MainActor
final class EventRun {
  private let center: ActionCenter
  private let routes: [String: [String]]
  private let failsOnAlert: Bool
  private let loop = MainLoop()
  private let reading = DispatchQueue(label: "events")
  /// Signalled once nothing more is read.
  private let hasEnded = DispatchSemaphore(value: 0)
  /// The topic with the events; `nil` for standard input.
  private let topic: EventTopic?
  private let path: Name

  init(_ options: Options, center: ActionCenter) {
    path = Name(options.eventTopic?.text ?? "standard input")
    topic = options.eventTopic.map {
      EventTopic($0, KafkaSetup.access(options), tail: options.tail)
    }
    self.center = center
    routes = options.routes
    failsOnAlert = options.failOnAlert
  }

  /// Starts to read. The program exits at the end of standard input.
  func start() {
    loop.onEnd(cleanup: ChildPrograms.killAll) { [self] number in
      if let topic {
        topic.stop()
        _ = hasEnded.wait(timeout: .now() + 4)
      }
      ActionSetup.finish(center)
      die(of: number)
    }
    loop.everyTick { [self] in ActionSetup.printFailures(center) }
    // Reading blocks, which the main queue must not.
    if let topic {
      reading.async { [self, topic, center, routes, path, hasEnded] in
        let problem = Self.read(topic, path, center, routes)
        hasEnded.signal()
        guard let problem else { return }
        DispatchQueue.main.async { self.end(problem) }
      }
      return
    }
    reading.async { [self, center, routes] in
      let (reader, code) = Self.read(center, routes)
      DispatchQueue.main.async { self.end(reader, code: code) }
    }
  }

  /// Reads all events. (read(2))
  ///
  /// - Returns: the reader, which has counted them, and the number of an error or 0.
  private nonisolated static func read(
    _ center: ActionCenter, _ routes: [String: [String]]
  ) -> (reader: EventReader, code: Int32) {
    var reader = EventReader()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var code: Int32 = 0
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { code = errno }
      guard count > 0 else { break }
      for notification in reader.read(buffer[..<count]) { deliver(notification, center, routes) }
    }
    if let last = reader.finish() { deliver(last, center, routes) }
    return (reader, code)
  }

  /// Reads the events of a topic until a signal comes.
  ///
  /// - Returns: why it cannot be read; `nil` after a signal.
  private nonisolated static func read(
    _ topic: EventTopic, _ path: Name, _ center: ActionCenter, _ routes: [String: [String]]
  ) -> KafkaProblem? {
    do throws(KafkaProblem) {
      let reader = try topic.read(
        isDone: { center.isIdle }, deliver: { deliver($0, center, routes) },
        report: { Diagnostics.print(path, .input($0)) })
      report(reader, path)
      return nil
    } catch {
      return error
    }
  }

  private func end(_ problem: KafkaProblem) -> Never {
    if problem.kind == .settings { KafkaSetup.exit(for: problem) }
    ActionSetup.finish(center)
    Diagnostics.print(path, .input(.unreadable(.service(reason: Name(problem.reason)))))
    exit(1)
  }

  /// Prints how many lines were not events.
  private nonisolated static func report(_ reader: EventReader, _ path: Name) {
    guard reader.badLines > 0 else { return }
    let count = reader.badLines
    Diagnostics.print(path, count == 1 ? "1 line is not an event" : "\(count) lines are not events")
  }

  private nonisolated static func deliver(
    _ notification: ActionNotification, _ center: ActionCenter, _ routes: [String: [String]]
  ) {
    center.waitForRoom()
    let rings = center.deliver(notification, to: notification.actions(in: routes))
    if rings, ProcessEnvironment.isTerminal(STDOUT_FILENO) {
      Diagnostics.write("\u{7}", to: STDOUT_FILENO)
    }
  }

  private func end(_ reader: EventReader, code: Int32) -> Never {
    ActionSetup.finish(center)
    Self.report(reader, path)
    if code != 0 { Diagnostics.print("standard input", String(cString: strerror(code))) }
    let isInputBad = code != 0 || reader.badLines > 0 && reader.events == 0
    if isInputBad || center.losses.contains(where: \.isFailure) { exit(1) }
    exit(failsOnAlert && reader.hasAlerted ? 3 : 0)
  }
}
