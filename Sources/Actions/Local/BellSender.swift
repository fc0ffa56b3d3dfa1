/// Rings a bell when an alert triggers.
final class BellSender: Sender {
  private let ring: @Sendable () -> Void

  init(_ ring: @escaping @Sendable () -> Void) { self.ring = ring }

  func send(_ notification: ActionNotification) -> SendResult {
    if notification.state == .triggered { ring() }
    return .sent
  }
}
