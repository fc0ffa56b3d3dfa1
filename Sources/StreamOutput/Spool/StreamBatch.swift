import AccessLog
import Spooling

/// Messages in one file.
struct StreamBatch: Equatable, Sendable {
  var messages: [StreamMessage] = []
  /// What is lost with it, in seconds with hits or events.
  var count = 0
  /// The size of the messages in bytes.
  var size = 0

  mutating func add(_ message: StreamMessage, count: Int) {
    messages.append(message)
    self.count += count
    size += message.key.count + message.value.count
  }
}

// Version, number of messages; for each: the lengths and the bytes of the key and the value. A checksum
// follows.

extension StreamBatch {
  private static let version: UInt64 = 1

  /// The content of the file.
  var encoded: [UInt8] {
    var writer = WireWriter()
    writer.write(Self.version)
    writer.write(messages.count)
    for message in messages {
      writer.write(message.key)
      writer.write(message.value)
    }
    return Sealed.seal(writer.bytes)
  }

  /// The messages of a file; `nil` if it is damaged.
  static func messages(decoding bytes: [UInt8]) -> [StreamMessage]? {
    guard let content = Sealed.open(bytes) else { return nil }
    var reader = WireReader(content)
    do throws(WireFailure) {
      guard try reader.number() == version else { return nil }
      var messages: [StreamMessage] = []
      for _ in 0..<(try reader.count()) {
        messages.append(
          StreamMessage(key: Array(try reader.bytes()), value: Array(try reader.bytes())))
      }
      return reader.isAtEnd ? messages : nil
    } catch {
      return nil
    }
  }
}

/// The file of a batch.
struct StreamBatchFile: SpooledFile, Equatable {
  var sequence: UInt64
  var count: Int
  var size: Int

  /// Batches of more are in no file.
  private static let mostCount = 1_000_000

  var name: String { "\(Self.padded(sequence)).\(count)" }

  init(sequence: UInt64, count: Int, size: Int) {
    self.sequence = sequence
    self.count = min(count, Self.mostCount)
    self.size = size
  }

  /// - Returns: `nil` if no such file has that name.
  init?(name: String, size: Int) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let sequence = UInt64(parts[0]), let count = Int(parts[1]),
      (0...Self.mostCount).contains(count), (1..<UInt64.max / 2).contains(sequence)
    else { return nil }
    self.init(sequence: sequence, count: count, size: size)
    guard self.name == name else { return nil }
  }
}
