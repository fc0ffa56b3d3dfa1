import Messages
import Testing

/// Latencies as numbers and for people.
@Suite struct LatencyTextTests {
  @Test(arguments: [
    (0.0, "0"), (1, "0.000001"), (12, "0.000012"), (999.6, "0.001"), (1234.5, "0.00123"),
    (18_734, "0.0187"), (999_400, "0.999"), (999_600, "1"), (12_345_678, "12.3"),
    (123_456_789, "123"), (1_234_567_890, "1230"), (1e15, "1000000000"),
  ])
  func secondsHaveThreeDigits(microseconds: Double, text: String) {
    #expect(LatencyText.seconds(microseconds) == text)
  }

  @Test(arguments: [
    (Int64(0), "0"), (1, "0.000001"), (18_734, "0.018734"), (1_000_000, "1"),
    (3_600_500_000, "3600.5"),
  ])
  func theGreatestIsExact(microseconds: Int64, text: String) {
    #expect(LatencyText.exactSeconds(microseconds) == text)
  }

  @Test(arguments: [
    (0.0, "0ms"), (870, "0.87ms"), (18_734, "18.7ms"), (999_600, "1s"), (1_254_000, "1.25s"),
    (125_000_000, "125s"),
  ])
  func peopleReadMillisecondsAndSeconds(microseconds: Double, text: String) {
    #expect(LatencyText.text(microseconds) == text)
  }
}
