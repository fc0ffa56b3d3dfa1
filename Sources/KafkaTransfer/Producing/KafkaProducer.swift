import CKafka

/// Sends messages to a topic, each exactly once and in order within a partition, for as long as the
/// producer lives.
///
/// Messages with one key go to one partition. What could not be sent is tried again without end, until
/// it is given up by `purge`. If a broker refuses a message for good, the producer fails, with all that
/// waits behind it, and has to be replaced by another one. What was not reported as delivered is then to be
/// sent again, in the same order; some of it may arrive twice.
package final class KafkaProducer: Sendable {
  /// The bounds of what waits.
  package struct Limits: Sendable {
    /// The number of messages without a report.
    package var messages = 10_000
    /// The size of them, in KiB.
    package var kibibytes = 16 * 1_024
    /// How long messages wait to be sent together, in seconds.
    package var linger = 0.05

    package init() {}
  }

  /// What became of a message.
  package struct Report: Equatable, Sendable {
    /// The number that it was sent with.
    package var id: UInt64
    package var partition: Int32
    /// Why it was not delivered; `nil` if the brokers have it.
    package var problem: KafkaProblem?
  }

  package enum Acceptance: Equatable, Sendable {
    case queued
    /// There are too many messages without a report.
    case full
    case refused(KafkaProblem)
  }

  /// The largest message, in bytes.
  package static let largestMessage = 1 << 20

  private let client: KafkaClient
  /// What users should know about this library; `nil` for nothing.
  package let notice: String?

  /// - Throws: if the library is missing or a setting cannot be used. Whether there are brokers shows
  ///   later.
  package init(
    _ address: KafkaAddress, _ access: KafkaAccess, limits: Limits = Limits()
  ) throws(KafkaProblem) {
    let own: [(String, [String])] = [
      ("enable.idempotence", ["true"]), ("acks", ["all"]),
      // Nothing behind a message that fails is delivered, so that the rest can be sent again in order.
      ("enable.gapless.guarantee", ["true"]),
      ("compression.codec", ["zstd", "lz4", "gzip", "none"]),
      ("partitioner", ["murmur2_random"]),
      ("queue.buffering.max.messages", ["\(limits.messages)"]),
      ("queue.buffering.max.kbytes", ["\(limits.kibibytes)"]),
      ("linger.ms", ["\(Int(limits.linger * 1_000))"]),
      // Keys and the frame of a message come to its size.
      ("message.max.bytes", ["\(Self.largestMessage + 4_096)"]),
      ("message.timeout.ms", ["0"]), ("retry.backoff.ms", ["200"]),
    ]
    let (client, replaced) = try KafkaClient.open(address, access, isProducer: true, own)
    self.client = client
    notice =
      replaced.contains("compression.codec")
      ? "this librdkafka lacks zstd: messages are compressed by another method" : nil
  }

  /// Puts a message into the queue. Never waits.
  ///
  /// - Parameter id: by which it is reported.
  package func send(key: [UInt8]?, value: [UInt8], id: UInt64) -> Acceptance {
    guard value.count <= Self.largestMessage else {
      return .refused(KafkaProblem(.unusable, "the message is larger than 1 MiB"))
    }
    let code = value.withUnsafeBytes { value in
      guard let key else {
        return ckafka_send(client.handle, nil, 0, value.baseAddress, value.count, id)
      }
      return key.withUnsafeBytes { key in
        ckafka_send(client.handle, key.baseAddress, key.count, value.baseAddress, value.count, id)
      }
    }
    switch code {
    case 0: return .queued
    case Self.queueFull: return .full
    default: return .refused(failure ?? KafkaProblem(code: code))
    }
  }

  private static let queueFull: Int32 = -184

  /// What became of messages, in the order in which it became known. To be called by one thread only, and
  /// often.
  ///
  /// - Parameter patience: how long to wait if nothing is known, in seconds.
  package func reports(waiting patience: Double) -> [Report] {
    var reports = [ckafka_report](repeating: ckafka_report(), count: 1_000)
    let count = ckafka_reports(
      client.handle, &reports, reports.count, Int32(min(3_600, max(0, patience)) * 1_000))
    let failure = failure
    return reports.prefix(count).map { report in
      let own = report.code == 0 ? nil : KafkaProblem(code: report.code)
      // A message that brokers do not take makes the producer fail, since nothing may follow it.
      let problem = own?.kind == .unusable ? own : own.map { failure ?? $0 }
      return Report(id: report.id, partition: report.partition, problem: problem)
    }
  }

  /// The number of messages without a report.
  package var queued: Int { Int(ckafka_queued(client.handle)) }

  /// Gives up all messages, also those that were sent and not acknowledged: they are reported as failed.
  package func purge() { ckafka_purge(client.handle) }

  /// The last error that concerns no single message; `nil` if there was none. It may be over.
  package var lastError: KafkaProblem? { client.lastError }

  /// The number of such errors. It grows for as long as brokers cannot be reached.
  package var errorCount: Int { client.errorCount }

  /// Why this producer can do nothing more; `nil` if it can.
  package var failure: KafkaProblem? { lastError.flatMap { $0.kind == .fatal ? $0 : nil } }

  /// The last line that the library logged, and the number of all.
  package var lastLog: (line: String, count: Int) { client.lastLog }
}
