import Foundation

@testable import KafkaTransfer

/// Waits until a condition holds, for half a minute at most.
func poll(_ condition: () -> Bool) -> Bool {
  for _ in 0..<3_000 {
    if condition() { return true }
    usleep(10_000)
  }
  return condition()
}

/// A message that was read.
struct ReadMessage: Equatable {
  var partition: Int32
  var offset: Int64
  var key: String
  var value: String
}

extension KafkaConsumer {
  /// Reads until a condition holds, for half a minute at most.
  func read(into messages: inout [ReadMessage], until isDone: ([ReadMessage]) -> Bool) -> Bool {
    for _ in 0..<3_000 {
      let hasMore = poll(limit: 256) { message in
        messages.append(
          ReadMessage(
            partition: message.partition, offset: message.offset,
            key: String(decoding: message.key, as: UTF8.self),
            value: String(decoding: message.value, as: UTF8.self)))
      }
      if isDone(messages) { return true }
      if !hasMore { usleep(10_000) }
    }
    return false
  }

  /// Reads everything that existed at the start.
  func readToEnd() -> [ReadMessage]? {
    var messages: [ReadMessage] = []
    return read(into: &messages) { _ in isCaughtUp } ? messages : nil
  }
}

extension KafkaProducer {
  /// Sends messages, with their numbers as values, and waits until all are reported.
  ///
  /// - Returns: the reports.
  func send(_ range: Range<Int>, key: (Int) -> String?) -> [Report] {
    var reports: [Report] = []
    for number in range {
      let value = Array("\(number)".utf8)
      while send(key: key(number).map { Array($0.utf8) }, value: value, id: UInt64(number)) == .full
      {
        reports += self.reports(waiting: 0.1)
      }
    }
    _ = poll {
      reports += self.reports(waiting: 0.01)
      return reports.count >= range.count
    }
    return reports
  }
}
