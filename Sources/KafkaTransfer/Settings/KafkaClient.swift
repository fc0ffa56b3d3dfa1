import CKafka

/// A client of the library for one topic. It connects by itself, as soon and as often as it can, and is
/// closed with its last reference.
final class KafkaClient: @unchecked Sendable {
  // The library's functions may be called from any thread.
  let handle: OpaquePointer

  private init(handle: OpaquePointer) { self.handle = handle }

  deinit { ckafka_close(handle) }

  /// - Parameters:
  ///   - own: settings that the program makes, each with alternatives for libraries that lack the first
  ///     value. An empty value leaves a setting as it is.
  /// - Returns: the client, and the names of the settings of which an alternative is used.
  static func open(
    _ address: KafkaAddress, _ access: KafkaAccess, isProducer: Bool, _ own: [(String, [String])]
  ) throws(KafkaProblem) -> (client: KafkaClient, replaced: [String]) {
    guard let settings = ckafka_settings_new() else { throw .missingLibrary }
    var reason = [CChar](repeating: 0, count: 512)
    var replaced: [String] = []
    do throws(KafkaProblem) {
      let users = access.values.sorted { $0.key < $1.key }.map { ($0.key, [$0.value]) }
      let common = [
        ("bootstrap.servers", [address.brokers.joined(separator: ",")]),
        ("client.id", [KafkaSettings.defaultClient]),
        ("ssl.endpoint.identification.algorithm", ["https", ""]),
        ("socket.keepalive.enable", ["true"]), ("log.connection.close", ["false"]),
        ("reconnect.backoff.max.ms", ["2000"]),
        ("topic.metadata.refresh.interval.ms", ["30000"]),
      ]
      for (name, values) in common + own + users {
        if try set(name, values, in: settings, &reason) { replaced.append(name) }
      }
    } catch {
      ckafka_settings_free(settings)
      throw error
    }
    guard
      let handle = ckafka_open(
        settings, isProducer ? 1 : 0, address.topic, &reason, reason.count)
    else { throw KafkaProblem(.settings, text(reason)) }
    return (KafkaClient(handle: handle), replaced)
  }

  /// Sets the first value that the library has.
  ///
  /// - Returns: whether it is not the first one of all.
  private static func set(
    _ name: String, _ values: [String], in settings: OpaquePointer, _ reason: inout [CChar]
  ) throws(KafkaProblem) -> Bool {
    for (index, value) in values.enumerated() {
      if value.isEmpty { return true }
      if ckafka_set(settings, name, value, &reason, reason.count) == 0 { return index > 0 }
    }
    // The library's text may repeat the value, which may be secret.
    let isSecret = name == "sasl.password"
    throw KafkaProblem(.settings, isSecret ? "\(name): not accepted" : "\(name): \(text(reason))")
  }

  private static func text(_ bytes: [CChar]) -> String {
    String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The last error that concerns no single message; `nil` if there was none.
  var lastError: KafkaProblem? { KafkaProblem(lastErrorOf: handle) }

  /// The number of such errors.
  var errorCount: Int {
    var error = ckafka_error()
    ckafka_last_error(handle, &error)
    return Int(error.count)
  }

  /// The last line that the library logged, and the number of all.
  var lastLog: (line: String, count: Int) {
    var line = [CChar](repeating: 0, count: 512)
    let count = ckafka_last_log(handle, &line, line.count)
    return (Self.text(line), Int(count))
  }
}
