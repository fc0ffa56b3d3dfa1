import AccessLog
import ReferenceModel
import Testing

/// Logs of a server that collects lines and writes them in blocks, as nginx does with `buffer=` and
/// `flush=`, with clocks that are moved by hand.
@Suite struct BlockWritingTests {
  private static let now = 1_700_000_000

  /// A server with one hit a second or more, and the program, which polls every second.
  private struct Server {
    var log: FollowedLog
    /// The last second whose lines are written.
    private(set) var written: Int

    init(_ change: (inout ModelOptions) -> Void = { _ in }) throws {
      log = FollowedLog(wall: Int64(BlockWritingTests.now), change)
      written = BlockWritingTests.now
      try log.poll(lines(written - 20...written))
    }

    var notices: [Notice] { log.program.pipeline.notices }
    var emittedNotices: [Notice] { log.program.emittedNotices }
    private(set) var late = 0

    /// Writes nothing for that many seconds, then all lines of that time.
    mutating func writeBlock(after silence: Int, perSecond: Int = 1, pieces: Int = 1) throws {
      let seconds = written + 1...written + silence
      written += silence
      let block = seconds.flatMap { [Int](repeating: $0, count: perSecond) }
      for _ in 1..<silence { try log.poll(after: 1) }
      let size = (block.count + pieces - 1) / pieces
      for start in stride(from: 0, to: block.count, by: size) {
        let piece = block[start..<min(start + size, block.count)]
        try log.poll(after: start == 0 ? 1 : 0.01, lines(piece))
      }
      late = log.program.pipeline.snapshot(window: .all, rows: 1, includingPending: true).tally.late
    }

    /// Writes one line a second.
    mutating func writeLineByLine(seconds: Int) throws {
      for _ in 0..<seconds {
        written += 1
        try log.poll(after: 1, lines([written]))
      }
    }
  }

  private static func blocks(
    silence: Int64, idleGrace: Int64, adapted: Int64?
  ) -> Notice {
    .writtenInBlocks(
      BlockWriting(silence: silence, idleGrace: idleGrace, adaptedGrace: adapted))
  }

  /// Fifteen hits a second, written every half minute: after the first one, two blocks are late in
  /// part, then the grace is long enough.
  @Test func theAlertOnALogInBlocksIsRightOnceTwoBlocksCameLate() throws {
    var log = FollowedLog(wall: Int64(Self.now))
    try log.poll()
    var late: [Int] = []
    for block in 0..<10 {
      for _ in 1..<30 { try log.poll(after: 1) }
      let seconds = Self.now + block * 30..<Self.now + block * 30 + 30
      try log.poll(after: 1, lines(seconds.flatMap { [Int](repeating: $0, count: 15) }))
      late.append(
        log.program.pipeline.snapshot(window: .all, rows: 1, includingPending: true).tally.late)
    }
    // Nothing can be late in the first one, and nothing is after the third.
    #expect(late == [0, 240, 480] + [Int](repeating: 480, count: 7))
    #expect(log.program.emittedNotices == [Self.blocks(silence: 30, idleGrace: 33, adapted: 33)])
    let figures = try log.stop()
    #expect(figures.alerts == ["triggered \(Self.now + 112) 1215"])
    #expect(
      figures.named("interval").suffix(20).allSatisfy { $0["rate"] as? Double == 15 })
  }

  /// Blocks of ten hits or more, of which a tenth or more are late, count where two come in a row.
  @Test(arguments: [
    ([30], false), ([30, 30], true),
    // Nine hits each; with ten it is enough.
    ([9, 9], false), ([10, 10], true), ([10, 9, 10], false), ([9, 10, 10], true),
    // Two or three of so many are late.
    ([13, 29], true),
  ])
  func twoBlocksInARowCount(silences: [Int], isBlocks: Bool) throws {
    var server = try Server { ($0.idleGrace, $0.lateness) = (3, 0) }
    for silence in silences { try server.writeBlock(after: silence) }
    #expect(server.notices.contains { $0.isBlocks } == isBlocks)
    #expect(server.emittedNotices.count == (isBlocks ? 1 : 0))
  }

  /// A second before a block of `n` seconds arrives, log time has advanced by `n - 11` s; the last
  /// three of these seconds are still open.
  @Test(arguments: [(14, 0, false), (15, 1, false), (16, 2, true), (30, 16, true)])
  func aTenthMustBeLate(silence: Int, late: Int, isBlocks: Bool) throws {
    var server = try Server()
    for block in 1...2 {
      try server.writeBlock(after: silence)
      #expect(server.late == late * block)
    }
    #expect(server.notices.contains { $0.isBlocks } == isBlocks)
  }

  @Test(arguments: [1, 2, 7, 40])
  func aBlockMayComeInPieces(pieces: Int) throws {
    var server = try Server()
    try server.writeBlock(after: 40, pieces: pieces)
    #expect(server.emittedNotices.isEmpty)
    try server.writeBlock(after: 40, pieces: pieces)
    let late = server.late
    for _ in 0..<3 { try server.writeBlock(after: 40, pieces: pieces) }
    #expect(server.emittedNotices == [Self.blocks(silence: 40, idleGrace: 43, adapted: 43)])
    #expect(server.late == late)
  }

  /// Slow downloads, or a suspended machine: only a small share of the hits since the silence is
  /// late.
  @Test func pausesOfALogThatIsWrittenLineByLineAreNotBlocks() throws {
    var server = try Server()
    for _ in 0..<5 {
      try server.writeBlock(after: 40)
      try server.writeLineByLine(seconds: 300)
    }
    #expect(server.emittedNotices.isEmpty)
    #expect(!server.notices.contains { $0.isBlocks })
  }

  /// An hour later a pause is not a second block: the first one lasted for that hour.
  @Test func longAfterBlocksOnePauseChangesNothing() throws {
    var server = try Server()
    for _ in 0..<2 { try server.writeBlock(after: 40) }
    try server.writeLineByLine(seconds: 3600)
    try server.writeBlock(after: 100)
    #expect(server.emittedNotices.count == 1)
  }

  @Test func theGraceGrowsWithTheSilencesUpToALimit() throws {
    var server = try Server()
    for silence in [30, 20, 60, 60, 70, 400, 400] { try server.writeBlock(after: silence) }
    #expect(
      server.emittedNotices == [
        Self.blocks(silence: 30, idleGrace: 33, adapted: 33),
        Self.blocks(silence: 60, idleGrace: 63, adapted: 63),
        Self.blocks(silence: 400, idleGrace: 403, adapted: 300),
      ])
    #expect(server.notices == [Self.blocks(silence: 400, idleGrace: 403, adapted: 300)])
  }

  /// An explicit grace stays, even if it equals the default.
  @Test(arguments: [10, 5] as [Int64])
  func anExplicitGraceStays(grace: Int64) throws {
    var server = try Server {
      ($0.idleGrace, $0.idleGraceIsExplicit) = (grace, true)
    }
    for _ in 0..<2 { try server.writeBlock(after: 40) }
    #expect(server.emittedNotices == [Self.blocks(silence: 40, idleGrace: 43, adapted: nil)])
    let late = server.late
    try server.writeBlock(after: 40)
    #expect(server.late > late)
    for _ in 0..<2 { try server.writeBlock(after: 400) }
    #expect(server.emittedNotices.last == Self.blocks(silence: 400, idleGrace: 403, adapted: nil))
  }

  /// The advice about late hits after one block would suggest another number.
  @Test(arguments: [true, false])
  func thereIsNeverMoreThanOneAdviceForASilence(isExplicit: Bool) throws {
    var server = try Server { $0.idleGraceIsExplicit = isExplicit }
    var shown: [Notice] = []
    for _ in 0..<4 {
      try server.writeBlock(after: 40)
      try #require(server.notices.count == 1)
      shown += server.notices
    }
    #expect(shown.map(\.isBlocks) == [false, true, true, true])
  }

  /// A record that leaps is quarantined for the grace too.
  @Test func theQuarantineWaitsForTheLongerGraceToo() throws {
    var server = try Server()
    for _ in 0..<2 { try server.writeBlock(after: 40) }
    server.log.wall += 1_000_000
    try server.log.poll(after: 1, lines([server.written + 5000]))
    var waited = 0
    while server.log.program.pipeline.snapshot(
      window: .all, rows: 1, includingPending: true
    ).quarantine != nil {
      waited += 1
      try server.log.poll(after: 1)
      try #require(waited < 100)
    }
    #expect(waited == 43)
  }
}

extension Notice {
  fileprivate var isBlocks: Bool {
    if case .writtenInBlocks = self { true } else { false }
  }
}
