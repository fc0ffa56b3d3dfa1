import Testing

@testable import LogInput

/// What the names of rotated files tell.
@Suite struct RotatedNameTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(arguments: [
    ("access.log.3", "access.log"), ("access.log-20260314", "access.log"),
    ("access.log.20260314", "access.log"), ("access.log-1773446400", "access.log"),
    ("access.log-20261125093000", "access.log"), ("access_log.1", "access_log"),
    ("access.log", nil),
    ("access.log.", nil), ("access.log-1", nil), ("access.log-12345", nil), (".log.1", ".log"),
    ("catalog.1", "catalog"), ("web-1.log", nil), ("access-20260314.log", nil), ("10.0.0.1", nil),
    ("access.log.123456789012345", nil), ("access.log.1a", nil), ("1", nil), ("", nil), (".", nil),
    ("-", nil), ("access.log.1.gz", nil),
  ])
  func theNameOfTheLogFollowsFromThatOfAGenerationIfItLeavesNoDoubt(name: String, base: String?) {
    #expect(RotatedName.base(of: Array(name.utf8)).map(text) == base)
  }

  @Test(arguments: [
    ("access.log.2.gz", "access.log.2"), ("a.zst", "a"), ("a.xz", "a"), ("a.bz2", "a"),
    ("a.gz.gz", "a.gz"), ("a.zip", "a.zip"), ("gz", "gz"), (".gz", ".gz"), ("a.GZ", "a.GZ"),
    ("agz", "agz"), ("", ""),
  ])
  func theEndingOfACompressionProgramIsTakenOff(name: String, plain: String) {
    #expect(text(RotatedName.withoutCompression(Array(name.utf8))) == plain)
  }

  @Test(
    arguments: [
      ("access.log.3", "access.log", -3), ("access.log.00010", "access.log", -10),
      ("access.log-20260314", "access.log", 20_260_314), ("access.log.old", "access.log", -1),
      ("access-20260314.log", "access.log", 20_260_314), ("access.1.log", "access.log", -1),
      ("access-1.log", "access.log", nil), ("access.log", "access.log", nil),
      ("access.log.", "access.log", nil), ("access.log.1.gz", "access.log", nil),
      ("access.log.10", "access.log.1", nil), ("access.log1", "access.log", nil),
      ("access.log-2026-03-14T09:26", "access.log", 202_603_140_926),
      ("access.log.1234567890123456789", "access.log", nil), ("b.log.1", "a.log", nil),
      (".1.log", ".log", nil),
    ] as [(String, String, Int64?)])
  func olderGenerationsHaveLowerRanks(name: String, base: String, rank: Int64?) {
    #expect(RotatedName.rank(of: Array(name.utf8), base: Array(base.utf8)) == rank)
  }
}
