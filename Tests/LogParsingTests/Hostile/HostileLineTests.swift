import AccessLog
import Foundation
import LogParsing
import ReferenceModel
import Testing

/// Lines in which a client tries to look like somebody else, or like nothing at all: what is true of
/// each is known from how it was made.
///
/// `LM2000_HOSTILE_LINES` sets the number of lines.
@Suite struct HostileLineTests {
  private static let lines =
    ProcessInfo.processInfo.environment["LM2000_HOSTILE_LINES"].flatMap(Int.init) ?? 100_000
  /// The number of lines in a log.
  private static let batch = 100

  @Test func hostileLinesAreReadAsTheServerMeantThem() {
    check { HostileLine(&$0) }
  }

  @Test func hostileLinesInWrappersAreReadAsTheServerMeantThem() {
    check { random in
      let line = HostileLine(&random)
      return HostileWrapper.wrap(line, &random)
    }
  }

  @Test(arguments: HostileTrick.all)
  func everyTrickIsTriedInOneOfAThousandLines(trick: HostileTrick) {
    let lines = 3000
    let count = (1...lines).count { seed in
      var random = RandomSource(seed: UInt64(seed))
      return trick.isTried(HostileLine(&random))
    }
    #expect(count >= lines / 1000)
  }

  private func check(_ make: (inout RandomSource) -> HostileLine) {
    var wrong = 0
    for first in stride(from: 1, through: Self.lines, by: Self.batch) {
      let lines = (first..<first + Self.batch).map { seed in
        var random = RandomSource(seed: UInt64(seed))
        return make(&random)
      }
      var random = RandomSource(seed: UInt64(first))
      let format = random.pick([nil, "common", "combined", "vcombined"])
      let read = truths(lines.map(\.text), format: format, pieces: random.number(1...9000))
      if read == lines.map(\.truth) { continue }
      for (index, line) in lines.enumerated() where wrong < 10 {
        let alone = truths([line.text], format: format, pieces: .max)
        if alone == [line.truth] { continue }
        wrong += 1
        Issue.record("seed \(first + index): \(show(line)), read as \(alone.map(show))")
      }
      if wrong == 0 { Issue.record("seeds from \(first): wrong together, right alone") }
      if wrong >= 10 || wrong == 0 { return }
    }
  }

  /// What is read from the lines, those that are no hits left out.
  private func truths(_ lines: [[UInt8]], format: String?, pieces: Int) -> [HostileLine.Truth] {
    var parser = LogParser(format: format.flatMap(FormatCatalog.format))
    let batch = RecordBatch()
    let log = lines.flatMap { $0 + [UInt8(ascii: "\n")] }
    parser.parse(log, pieces: pieces, into: batch)
    return batch.records.map { record in
      HostileLine.Truth(
        client: batch.name(record.names[.client], in: .client).bytes.map { $0 },
        section: batch.name(record.names[.section], in: .section).bytes.map { $0 },
        statusClass: Int(record.status.rawValue), bytes: record.bytes, time: record.time.value)
    }
  }

  private func show(_ line: HostileLine) -> String {
    "\(printable(line.text)) is \(show(line.truth))"
  }

  private func show(_ truth: HostileLine.Truth) -> String {
    "\(printable(truth.client)) \(printable(truth.section)) \(truth.statusClass)xx"
      + " \(truth.bytes) at \(truth.time)"
  }

  /// Control characters and bytes that are not ASCII as `<1B>`.
  private func printable(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      (0x20...0x7E).contains(byte)
        ? String(UnicodeScalar(byte)) : "<\(String(byte, radix: 16, uppercase: true))>"
    }.joined()
  }
}
