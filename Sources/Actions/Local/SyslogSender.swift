import Glibc

/// Writes notifications to the system log.
final class SyslogSender: Sender {
  private let facility: SyslogFacility
  private let socket: String

  /// - Parameter socket: where the system's log listens.
  init(_ facility: SyslogFacility, socket: String = "/dev/log") {
    self.facility = facility
    self.socket = socket
  }

  /// (vsyslog(3))
  func send(_ notification: ActionNotification) -> SendResult {
    // The function itself reports no errors.
    guard access(socket, F_OK) == 0 else { return .failed("\(socket): no system log listens") }
    let priority = notification.state == .recovered ? LOG_NOTICE : LOG_WARNING
    notification.safeMessage.withCString { text in
      withVaList([text]) { vsyslog(facility.code | priority, "%s", $0) }
    }
    return .sent
  }
}
