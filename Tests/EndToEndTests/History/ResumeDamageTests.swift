import Foundation
import Testing

/// The saved position of a log was damaged: the run begins at the beginning of the log.
@Suite(.ownThreads, .enabled(if: hasSQLite, "sqlite3 is not installed"))
struct ResumeDamageTests {
  private let log: ContinuedLog

  init() throws { log = try ContinuedLog() }

  /// What becomes of the position.
  enum Damage: CaseIterable {
    case empty, half, flips, wrongSum
    /// With a checksum that fits: another version of the program may write it, or somebody else.
    case future, halfWithSum, longWithSum, emptyWithSum

    var reason: String {
      self == .future ? "it was written by another version" : "it is damaged"
    }

    var keepsSum: Bool { ![.future, .halfWithSum, .longWithSum, .emptyWithSum].contains(self) }

    func change(_ data: inout [UInt8]) {
      switch self {
      case .empty, .emptyWithSum: data = []
      case .half, .halfWithSum: data.removeLast(data.count / 2)
      case .flips:
        for _ in 0..<3 { data[Int.random(in: data.indices)] ^= UInt8.random(in: 1...255) }
      case .wrongSum: break
      case .future: data[0] = 9
      case .longWithSum: data.append(0)
      }
    }
  }

  private func savedPosition(_ table: String = "checkpoints") throws -> [UInt8] {
    Self.bytes(try log.sqlite("SELECT hex(data) FROM \(table)"))
  }

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap { UInt8($0.hexDigitValue ?? 0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    bytes.map { String(format: "%02x", Int($0)) }.joined()
  }

  /// Puts other bytes in the place of the saved position, with the checksum that they should have.
  private func replacePosition(with data: [UInt8], fixesSum: Bool) throws {
    try log.sqlite("UPDATE checkpoints SET data = x'\(Self.text(data))'")
    guard fixesSum else { return }
    let source = Self.bytes(try log.sqlite("SELECT hex(source) FROM checkpoints"))
    try Data(Array("\(source.count):".utf8) + source + data)
      .write(to: URL(filePath: log.folder.path("summed")))
    let sum = try log.shell("sha256sum < summed").prefix(64)
    try log.sqlite("UPDATE checkpoints SET sum = x'\(sum)'")
  }

  /// The saved position was changed between two runs.
  @Test(arguments: Damage.allCases)
  func aDamagedPositionIsKeptAsideAndTheLogReadFromItsBeginning(damage: Damage) throws {
    try log.append(0..<100)
    try log.run(hits: 100, through: 99)
    var data = try savedPosition()
    damage.change(&data)
    try replacePosition(with: data, fixesSum: !damage.keepsSum)
    if damage == .wrongSum { try log.sqlite("UPDATE checkpoints SET sum = x'00'") }
    try log.append(100..<120)
    let watcher = try log.run(hits: 120, through: 119)
    #expect(
      watcher.errors.hasSuffix(
        "h.db: the saved position in \(log.path) is not used: \(damage.reason)\n"))
    #expect(watcher.errors.split(separator: "\n").count == 1)
    #expect(try log.savedHits == 120)
    #expect(try log.rejected == 1)
    #expect(try savedPosition("rejected_checkpoints") == data)
    // From then on it is continued.
    try log.append(120..<130)
    #expect(try log.run(hits: 10, through: 129).errors == "")
    #expect(try log.savedHits == 130)
  }

  /// Whatever such a position says, the program follows the log.
  @Test(arguments: 0..<6)
  func aForgedPositionStopsNothing(number: Int) throws {
    try log.append(0..<100)
    try log.run(hits: 100, through: 99)
    var data = try savedPosition()
    for _ in 0...number { data[Int.random(in: 1..<data.count)] ^= 1 << UInt8.random(in: 0..<8) }
    try replacePosition(with: data, fixesSum: true)
    try log.append(100..<120)
    let watcher = try log.follow()
    try poll("it reads the log") { watcher.events("start").isEmpty ? nil : true }
    try watcher.stop()
    let hits = try #require(try watcher.end["hits"] as? Int, "\(Self.text(data))")
    #expect((0...120).contains(hits), "\(Self.text(data))")
  }
}
