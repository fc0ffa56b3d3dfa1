import Foundation
import Testing

/// Three brokers of librdkafka's own making, in a process of their own, until the object is released; or
/// a real one that runs already.
package final class MockCluster: @unchecked Sendable {
  /// Why brokers cannot be started.
  package struct Failure: Error {
    package var reason: String
  }

  /// The numbers of requests in the protocol of Kafka.
  package enum Request: Int {
    case produce = 0
    case fetch = 1
    case listOffsets = 2
    case metadata = 3
    case offsetCommit = 8
    case offsetFetch = 9
    case findCoordinator = 10
    case initProducer = 22
  }

  /// Codes of errors in the protocol of Kafka.
  package enum ErrorCode: Int, Sendable {
    case notLeader = 6
    case timedOut = 7
    case messageTooLarge = 10
    case coordinatorNotAvailable = 15
    case notEnoughReplicas = 19
    case outOfOrderSequence = 45
    case invalidProducerEpoch = 47
    case unknownProducer = 59
    case producerFenced = 90
  }

  /// Which brokers a test uses.
  package enum Kind: String, Sendable, CustomTestStringConvertible {
    case mock
    /// That of `LM2000_KAFKA_BROKER`.
    case real

    package var testDescription: String { rawValue }
  }

  /// The brokers that the tests use which need nothing to go wrong: also the real one, if the environment
  /// names one.
  package static let kinds: [Kind] = {
    FileHandle.standardError.write(
      Data(
        (realBroker.map { "Tests with Kafka run with a real broker too: \($0)\n" }
          ?? "Tests with Kafka run without a real broker: LM2000_KAFKA_BROKER is not set\n").utf8))
    return realBroker == nil ? [.mock] : [.mock, .real]
  }()

  private static let realBroker = ProcessInfo.processInfo.environment["LM2000_KAFKA_BROKER"]

  private let process = Process()
  private let commands = Pipe()
  private let answers = Pipe()
  private let lock = NSLock()
  /// The brokers, each `HOST:PORT`.
  package let brokers: [String]

  package init(_ kind: Kind = .mock) throws {
    process.executableURL = URL(filePath: try Self.program())
    let real = kind == .real ? Self.realBroker : nil
    process.arguments = real.map { [$0] } ?? []
    process.standardInput = commands
    process.standardOutput = answers
    process.standardError = FileHandle.nullDevice
    try process.run()
    brokers = real.map { [$0] } ?? Self.line(answers).split(separator: ",").map(String.init)
    guard real != nil || brokers.count == 3 else {
      throw Failure(reason: "the brokers have not started")
    }
  }

  deinit {
    try? commands.fileHandleForWriting.close()
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  // MARK: - Commands

  package func makeTopic(_ name: String, partitions: Int = 1) throws {
    try run("topic \(name) \(partitions)")
  }

  /// Answers requests for a topic as if it did not exist, or properly again.
  package func hideTopic(_ name: String, _ isHidden: Bool) throws {
    try run("fail-topic \(name) \(isHidden ? 3 : 0)")
  }

  /// Stops brokers: their connections end, and no new ones are accepted.
  ///
  /// - Parameter broker: its number, 1 to 3; `nil` for all.
  package func stop(_ broker: Int? = nil) throws { try run("down \(broker ?? 0)") }

  /// Starts brokers again, with what they held.
  package func start(_ broker: Int? = nil) throws { try run("up \(broker ?? 0)") }

  /// Answers the next requests of a kind with errors.
  package func fail(_ request: Request, _ codes: [ErrorCode]) throws {
    let numbers = codes.map { "\($0.rawValue)" }.joined(separator: " ")
    try run("errors \(request.rawValue) \(codes.count) \(numbers)")
  }

  /// Answers requests of a kind properly again.
  package func endFailures(_ request: Request) throws { try run("clear \(request.rawValue)") }

  /// Delays all answers.
  package func delay(milliseconds: Int) throws { try run("rtt \(milliseconds)") }

  package func setLeader(_ broker: Int, of topic: String, partition: Int) throws {
    try run("leader \(topic) \(partition) \(broker)")
  }

  private func run(_ command: String) throws {
    lock.lock()
    defer { lock.unlock() }
    try commands.fileHandleForWriting.write(contentsOf: Data("\(command)\n".utf8))
    guard Self.line(answers) == "ok" else { throw Failure(reason: "failed: \(command)") }
  }

  /// The next line, read byte by byte so that nothing behind it is lost.
  private static func line(_ pipe: Pipe) -> String {
    var bytes: [UInt8] = []
    while let byte = try? pipe.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

// MARK: - The program

extension MockCluster {
  private static let compiler = "/usr/bin/cc"
  private static let header = "/usr/include/librdkafka/rdkafka_mock.h"

  /// Whether brokers can be started, or must be because the environment demands complete checks.
  package static var isExpected: Bool {
    let files = FileManager.default
    let isPresent =
      files.isExecutableFile(atPath: compiler) && files.fileExists(atPath: header) && Kcat.isPresent
    if ProcessInfo.processInfo.environment["LM2000_WITH_SERVERS"] != nil { return true }
    if !isPresent { announce() }
    return isPresent
  }

  private static let message: Void = {
    FileHandle.standardError.write(
      Data("Tests with Kafka are skipped: install librdkafka1, librdkafka-dev and kcat\n".utf8))
  }()

  private static func announce() { _ = message }

  /// The path of the program, which is compiled once for each of its versions.
  private static func program() throws -> String {
    let source = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Mock/mock.c")
    let text = try Data(contentsOf: source)
    let hash = text.reduce(UInt64(14_695_981_039_346_656_037)) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    let folder = FileManager.default.temporaryDirectory
    let program = folder.appending(path: "lm2000-kafka-\(getuid())-\(String(hash, radix: 16))")
      .path(percentEncoded: false)
    if FileManager.default.isExecutableFile(atPath: program) { return program }
    let made = "\(program)-\(UUID().uuidString)"
    let run = Process()
    run.executableURL = URL(filePath: compiler)
    run.arguments = ["-O1", "-o", made, source.path(percentEncoded: false), "-lrdkafka"]
    try run.run()
    run.waitUntilExit()
    guard run.terminationStatus == 0, rename(made, program) == 0 else {
      throw Failure(reason: "the mock cluster cannot be compiled: install librdkafka-dev")
    }
    return program
  }
}
