import Messages
import Testing

struct WordingTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (48_311, "48,311"), (-1234, "-1,234"),
    (Int.max, "9,223,372,036,854,775,807"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func digitsAreGroupedByThree(number: Int, words: String) {
    #expect(Wording.grouped(number) == words)
  }

  @Test(arguments: [
    (Int64(0), "0 B"), (999, "999 B"), (1000, "1.0 kB"), (171_800, "171.8 kB"),
    (999_950, "1.0 MB"), (1_210_000_000, "1.2 GB"), (.max - 1, "9.2 EB"), (.max, ">= 8 EiB"),
  ])
  func bytesAreInDecimalUnits(count: Int64, words: String) {
    #expect(Wording.bytes(count) == words)
  }

  @Test(arguments: [
    (999, "999"), (99_999, "99,999"), (100_000, "100k"), (999_499, "999k"), (999_500, "1.0M"),
    (22_379_500, "22.4M"), (Int.max, "9.2E"),
  ])
  func numbersThatDoNotFitAreShortened(number: Int, words: String) {
    #expect(Wording.grouped(number, in: 6) == words)
  }

  @Test(arguments: [
    (0.0, "0.0/s", "0.0/s"), (18.44, "18.4/s", "18.4/s"), (999.96, "1000.0/s", "1.0k/s"),
    (99.96, "100.0/s", "100/s"), (9.94e3, "9940.0/s", "9.9k/s"), (9999.9, "9999.9/s", "10k/s"),
    (22_379.5, "22.4k/s", "22k/s"), (99_960, "100k/s", "100k/s"),
    (9.3e18, "9.3E/s", "9.3E/s"), (.infinity, "900E/s", "900E/s"),
  ])
  func ratesFitIntoEightColumnsAndShortOnesIntoSix(value: Double, words: String, short: String) {
    #expect(Wording.rate(value) == words)
    #expect(Wording.shortRate(value) == short)
    #expect(words.count <= 8 && short.count <= 6)
  }

  @Test(arguments: [
    (0, 0, "0.0 %"), (31, 1000, "3.1 %"), (1, 1, "100.0 %"), (Int.max, 1, "100.0 %"),
  ])
  func sharesHaveOneDecimal(part: Int, whole: Int, words: String) {
    #expect(Wording.percent(part, of: whole) == words)
  }

  @Test(arguments: [
    (Int64(-5), "0:00"), (28, "0:28"), (725, "12:05"), (3723, "1:02:03"), (273_600, "3d 04:00"),
  ])
  func durationsReadLikeAClock(seconds: Int64, words: String) {
    #expect(Wording.clockDuration(seconds) == words)
  }

  @Test(arguments: [
    (Int64(0), "0 s"), (59, "59 s"), (60, "1 min"), (330, "5 min 30 s"), (3600, "1 h"),
    (22_320, "6 h 12 min"),
  ])
  func durationsHaveTheirTwoLargestParts(seconds: Int64, words: String) {
    #expect(Wording.roundedDuration(seconds) == words)
  }

  @Test(arguments: [
    (0, "0s"), (45, "45s"), (60, "1m"), (87, "1m 27s"), (260, "4m 20s"), (3600, "1h"),
    (7205, "2h 5s"), (93_784, "1d 2h 3m 4s"),
  ])
  func durationsOmitPartsThatAreZero(seconds: Int64, words: String) {
    #expect(DurationText(seconds: seconds).text == words)
  }
}
