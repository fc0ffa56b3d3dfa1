import Foundation

/// Another client of Kafka.
package struct Kcat {
  private static let program = "/usr/bin/kcat"

  static var isPresent: Bool { FileManager.default.isExecutableFile(atPath: program) }

  private let brokers: [String]

  private let isReal: Bool

  /// - Parameter isReal: whether the broker is a real one.
  package init(_ brokers: [String], isReal: Bool = false) {
    self.brokers = brokers
    self.isReal = isReal
  }

  /// A message of a topic.
  package struct Message: Equatable {
    package var partition: Int
    package var offset: Int
    package var key: String
    package var value: String
  }

  /// Writes messages, a line each.
  ///
  /// - Parameters:
  ///   - keyed: whether each line is a key, a tab and a value.
  ///   - partition: where they go; `nil` for where their keys lead.
  package func produce(
    _ lines: [String], to topic: String, keyed: Bool = false, partition: Int? = nil
  ) throws {
    var arguments = ["-P", "-t", topic]
    // Tansu reports the end of a partition right only if its last batch is a single message.
    if isReal { arguments += ["-X", "batch.num.messages=1"] }
    if keyed { arguments += ["-K", "\t"] }
    if let partition { arguments += ["-p", "\(partition)"] }
    _ = try run(arguments, input: lines.map { "\($0)\n" }.joined())
  }

  /// Reads all messages of a topic, one partition after the other.
  package func consume(_ topic: String) throws -> [Message] {
    let output = try run(
      ["-C", "-t", topic, "-o", "beginning", "-e", "-q", "-f", "%p\\t%o\\t%k\\t%s\\n"])
    let messages = output.split(separator: "\n").compactMap { line -> Message? in
      let parts = line.split(separator: "\t", maxSplits: 3, omittingEmptySubsequences: false)
      guard parts.count == 4, let partition = Int(parts[0]), let offset = Int(parts[1]) else {
        return nil
      }
      return Message(
        partition: partition, offset: offset, key: String(parts[2]), value: String(parts[3]))
    }
    return messages.sorted { ($0.partition, $0.offset) < ($1.partition, $1.offset) }
  }

  private func run(_ arguments: [String], input: String = "") throws -> String {
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appending(path: "lm2000-kcat-\(UUID().uuidString)")
    try Data(input.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: Self.program)
    process.arguments = ["-b", brokers.joined(separator: ",")] + arguments
    process.standardInput = try FileHandle(forReadingFrom: file)
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw MockCluster.Failure(reason: "kcat \(arguments.joined(separator: " ")) has failed")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
