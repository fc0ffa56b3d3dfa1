import Actions
import Dispatch
import Glibc

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

  init(_ options: Options, center: ActionCenter) {
    self.center = center
    routes = options.routes
    failsOnAlert = options.failOnAlert
  }

  /// Starts to read standard input. The program exits at its end.
  func start() {
    loop.onEnd(cleanup: ChildPrograms.killAll) { [self] number in
      ActionSetup.finish(center)
      die(of: number)
    }
    loop.everyTick { [self] in ActionSetup.printFailures(center) }
    // Reading blocks, which the main queue must not.
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
    if reader.badLines > 0 {
      let count = reader.badLines
      let lines = count == 1 ? "1 line is not an event" : "\(count) lines are not events"
      Diagnostics.print("standard input", lines)
    }
    if code != 0 { Diagnostics.print("standard input", String(cString: strerror(code))) }
    let isInputBad = code != 0 || reader.badLines > 0 && reader.events == 0
    if isInputBad || center.losses.contains(where: \.isFailure) { exit(1) }
    exit(failsOnAlert && reader.hasAlerted ? 3 : 0)
  }
}
