import Testing

@testable import ReferenceModel

@Suite struct ModelNumberTests {
  @Test(arguments: [
    (0, "0"), (1, "0.000001"), (1234, "0.00123"), (1235, "0.00124"), (999_500, "1"),
    (999_499, "0.999"), (12_345_678, "12.3"), (1_234_567_890, "1230"), (9_996_000_000, "10000"),
  ])
  func latenciesHaveThreeDigits(microseconds: Int, text: String) {
    #expect(ModelNumber(microseconds, over: 1_000_000).threeDigitText == text)
  }

  @Test(arguments: [
    (1, 8, "0.13"), (5, 1000, "0.01"), (4, 1000, "0"), (7, 3, "2.33"), (10, 5, "2"), (1, 2, "0.5"),
  ])
  func otherValuesHaveTwoDecimalsAtMost(numerator: Int, denominator: Int, text: String) {
    #expect(ModelNumber(numerator, over: Int128(denominator)).shortText(places: 2) == text)
  }
}
