/// Sends notifications by one way. Its worker's thread owns it.
protocol Sender: AnyObject, Sendable {
  /// Sends a notification, and waits until it has been sent or has failed.
  func send(_ notification: ActionNotification) -> SendResult
  /// Sends alerts that are still active again.
  func refresh(_ active: [ActionNotification])
  /// Ends what is being sent at once, from any thread: the program is about to end.
  func cancel()
}

extension Sender {
  func refresh(_ active: [ActionNotification]) {}
  func cancel() {}
}
