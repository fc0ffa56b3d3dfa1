import AccessLog
import Engine
import Foundation
import LogInput
import LogParsing
import Testing

/// The record that requested times count back from.
@Suite struct LastRecordTests {
  private func last(
    _ text: String, format: String? = nil, notAfter limit: Int64 = .max
  ) throws -> LastRecord? {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try LastRecord.find(
      in: FileSource(path: Name(url.path())), format: format.flatMap(FormatCatalog.format),
      ParsingOptions(), notAfter: EpochSecond(limit))
  }

  private func line(_ time: String, agent: String = "ua") -> String {
    combined("14/Mar/2026:\(time) +0100", agent: agent) + "\n"
  }

  private let expected = LastRecord(time: EpochSecond(1_773_476_813), zoneOffset: 3600)

  @Test(arguments: ["", "\n\n", "no log line\n", "half a line", "# remark\n \n"])
  func isTheLastOneWhateverFollows(rest: String) throws {
    #expect(try last(line("08:00:00") + line("09:26:53") + rest) == expected)
  }

  @Test func needsNoLineEnd() throws {
    #expect(try last(line("08:00:00") + line("09:26:53").dropLast()) == expected)
  }

  @Test func isNilWithoutARecord() throws {
    #expect(try last("") == nil)
    #expect(try last("no log line\nnor this\n") == nil)
    #expect(try last("no log line\nnor this\n", format: "csv") == nil)
  }

  @Test(arguments: [0, 1, 1000, 400_000, 3_000_000])
  func isFoundBeforeAnyAmountOfOtherText(length: Int) throws {
    let rubbish = String(repeating: "rubbish\n", count: length / 8)
    #expect(try last(line("08:00:00") + line("09:26:53") + rubbish) == expected)
  }

  @Test func isFoundAfterManyLines() throws {
    let many = String(repeating: line("08:00:00", agent: "an agent of some length"), count: 20_000)
    #expect(try last(many + line("09:26:53")) == expected)
  }

  @Test func aHeaderAtTheBeginningNamesTheColumns() throws {
    let log = "status,date,remotehost\n200,5,a\n" + String(repeating: "200,6,b\n", count: 50_000)
    #expect(try last(log + "200,7,c\n") == LastRecord(time: EpochSecond(7), zoneOffset: 0))
  }

  /// A clock that is wrong by hours, and one line of it the last one.
  @Test(arguments: [1, 40_000])
  func ignoresAWrongClockUnlessAllRecordsHaveIt(count: Int) throws {
    let ahead = String(repeating: line("11:26:53"), count: count)
    let log = line("09:26:53") + ahead
    #expect(try last(log, notAfter: 1_773_476_813) == expected)
    let wrong = LastRecord(time: EpochSecond(1_773_484_013), zoneOffset: 3600)
    #expect(try last(log, notAfter: 1_773_476_812) == wrong)
    #expect(try last(log) == wrong)
  }
}
