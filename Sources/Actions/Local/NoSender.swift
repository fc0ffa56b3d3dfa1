/// Sends nothing, successfully.
final class NoSender: Sender {
  func send(_ notification: ActionNotification) -> SendResult { .sent }
}
