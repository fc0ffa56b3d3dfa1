import AccessLog
import Testing

/// When a run of failing lines begins and ends.
@Suite struct FailureRunTests {
  /// The lines, counted from 1, at which runs begin and end; `x` is a line that fails.
  private func changes(_ lines: String) -> [String] {
    var run = FailureRun()
    return lines.enumerated().compactMap { index, line in
      if line == "x" { return run.recordFailure() ? "begins \(index + 1)" : nil }
      return run.recordSuccess() ? "ends \(index + 1)" : nil
    }
  }

  private func good(_ count: Int) -> String { String(repeating: ".", count: count) }
  private func bad(_ count: Int) -> String { String(repeating: "x", count: count) }

  @Test func beginsOnceOverHalfOf64Failed() {
    #expect(changes(bad(32) + good(500)).isEmpty)
    #expect(changes(bad(33)) == ["begins 33"])
    #expect(changes(good(500) + bad(33)) == ["begins 533"])
    #expect(changes(String(repeating: "x.", count: 500)).isEmpty)
    // The first of 33 is the 65th line back when the last one comes.
    #expect(changes("x" + good(32) + bad(32)).isEmpty)
    #expect(changes("x" + good(31) + bad(32)) == ["begins 64"])
  }

  @Test func ends32LinesLaterAndCanBeginAgain() {
    #expect(changes(bad(100) + good(31) + "x" + good(31)) == ["begins 33"])
    #expect(
      changes(bad(100) + good(32) + bad(33)) == ["begins 33", "ends 132", "begins 165"])
  }

  /// A log of which two lines in five fail at random would begin and end runs all the time.
  @Test func doesNotFlicker() {
    var dice = Dice(seed: 1)
    let lines = (0..<100_000).map { _ in dice.roll(5) < 2 ? "x" : "." }
    #expect(changes(lines.joined()).count < 10)
  }

  @Test(arguments: 0..<200)
  func isWhatRecountingEveryWindowGives(seed: Int) {
    var run = FailureRun()
    var dice = Dice(seed: UInt64(seed))
    var lines: [Bool] = []
    var isFailing = false
    for index in 0..<400 {
      let failed = (index / 40 + seed) % 3 > 0 && dice.roll(10) < seed % 10
      lines.append(failed)
      if failed, lines.suffix(64).count(where: { $0 }) > 32 { isFailing = true }
      if lines.count >= 32, !lines.suffix(32).contains(true) { isFailing = false }
      _ = failed ? run.recordFailure() : run.recordSuccess()
      #expect(run.isFailing == isFailing, "line \(index)")
      #expect(run.isSettled == (!isFailing && !lines.suffix(64).contains(true)))
    }
  }
}

/// Numbers that are the same in every run.
private struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// 0 up to `sides`, without it. (The generator of Knuth's MMIX.)
  mutating func roll(_ sides: UInt64) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % sides)
  }
}
