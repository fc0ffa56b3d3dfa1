import Testing

@testable import MonitorApp

/// What the header says while a log is loaded, with a clock that is moved by hand.
@MainActor
@Suite struct LoadingTests {
  /// 16,000 bytes a second of a log of 47,000 bytes.
  @Test func aLogThatIsLoadedSaysHowFastAndHowLong() {
    let harness = DashboardHarness(follow: false, size: 47_000)
    harness.write(1000)
    harness.close()
    harness.slowDownReads(to: 1600, each: 0.1)
    for _ in 0..<4 { harness.work() }
    #expect(harness.screen.picture.contains("LOADING"))
    #expect(!harness.screen.picture.contains("kB/s"))
    for _ in 0..<4 { harness.work() }
    let picture = harness.screen.picture
    #expect(picture.contains("16 kB/s") && picture.contains(" s left"), "\(picture)")
    harness.tick()
    #expect(!harness.screen.picture.contains("kB/s"))
    #expect(harness.screen.picture.contains("END"))
  }

  /// A pipe may bring nothing for a moment before the rest comes.
  @Test func aPipeThatIsLoadedSaysHowFast() {
    let harness = DashboardHarness(isPipe: true)
    harness.write(1)
    harness.tick()
    harness.wait(1)
    harness.write(40_000)
    harness.slowDownReads(to: 1600, each: 0.001)
    for _ in 0..<100 { harness.work() }
    let picture = harness.screen.picture
    #expect(picture.contains("reading 1.6 MB/s") && !picture.contains("LOADING"), "\(picture)")
    harness.tick()
    harness.run(2)
    #expect(!harness.screen.picture.contains("MB/s"), "\(harness.screen.picture)")
  }
}
