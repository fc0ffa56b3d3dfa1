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
  private let loop = MainLoop()
  private let reading = DispatchQueue(label: "events")

  init(_ options: Options, center: ActionCenter) {
    self.center = center
    routes = options.routes
  }

  /// Starts to read standard input. The program exits at its end.
  func start() {
    loop.onEnd { [self] number in
      ActionSetup.finish(center)
      die(of: number)
    }
    loop.everyTick { [self] in ActionSetup.printFailures(center) }
    // Reading blocks, which the main queue must not.
    reading.async { [center, routes] in
      let (badLines, code) = Self.read(center, routes)
      DispatchQueue.main.async { Self.end(center, badLines: badLines, code: code) }
    }
  }

  /// Reads all events. (read(2))
  ///
  /// - Returns: the number of lines that were no events, and the number of an error or 0.
  private nonisolated static func read(
    _ center: ActionCenter, _ routes: [String: [String]]
  ) -> (badLines: Int, code: Int32) {
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
    return (reader.badLines, code)
  }

  private nonisolated static func deliver(
    _ notification: ActionNotification, _ center: ActionCenter, _ routes: [String: [String]]
  ) {
    center.waitForRoom()
    let rings = center.deliver(notification, to: routes[notification.rule])
    if rings, ProcessEnvironment.isTerminal(STDOUT_FILENO) {
      Diagnostics.write("\u{7}", to: STDOUT_FILENO)
    }
  }

  private static func end(_ center: ActionCenter, badLines: Int, code: Int32) -> Never {
    ActionSetup.finish(center)
    if badLines > 0 {
      let lines = badLines == 1 ? "1 line is no event" : "\(badLines) lines are no events"
      Diagnostics.print("standard input", lines)
    }
    if code != 0 { Diagnostics.print("standard input", String(cString: strerror(code))) }
    let isComplete = code == 0 && !center.losses.contains(where: \.isFailure)
    exit(isComplete ? 0 : 1)
  }
}
