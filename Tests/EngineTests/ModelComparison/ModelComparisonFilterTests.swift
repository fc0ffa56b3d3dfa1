import AccessLog
import Conditions
import PipelineKit
import ReferenceModel
import Testing

/// Compares the program with the model, on logs and filters that are generated from seeds.
///
/// `LM2000_MODEL_FILTERS` sets their number, 80 by default.
@Suite struct ModelComparisonFilterTests {
  private static let shares = 8
  private static let count = ModelSeeds.setting("LM2000_MODEL_FILTERS") ?? 80

  @Test(arguments: 0..<shares)
  func theProductAgreesWithTheModel(share: Int) {
    for seed in ModelSeeds.share(share, of: Self.shares, count: Self.count) {
      ModelSeeds.trace(seed)
      let log = AskedLog(filterSeed: UInt64(seed))
      let comparison = AskedComparison(log, seed: seed)
      if let difference = comparison.difference() {
        Issue.record(Comment(rawValue: difference))
        return
      }
    }
  }

  /// What is right for one is right for the other; what is wrong is so at the same place.
  @Test(arguments: 0..<shares)
  func theProductAgreesWithTheModelAboutExpressions(share: Int) throws {
    for seed in ModelSeeds.share(share, of: Self.shares, count: Self.count) {
      var random = RandomSource(seed: UInt64(seed))
      let whole = try #require(AskedLog(filterSeed: UInt64(seed)).options.filter).text
      for text in [whole] + (0..<20).map({ _ in brokenFilter(whole, &random) }) {
        let expected = place { () throws(ModelFilterError) in _ = try ModelFilter(parsing: text) }
        let actual = Self.place(of: text)
        #expect(actual == expected, "seed \(seed): \(text)")
      }
    }
  }

  /// Where the model finds the first wrong character; `nil` if all are right.
  private func place(_ parse: () throws(ModelFilterError) -> Void) -> Int? {
    do { try parse() } catch { return error.place }
    return nil
  }

  /// Where the program does.
  private static func place(of text: String) -> Int? {
    do { _ = try Condition(parsing: text) } catch { return error.offset }
    return nil
  }
}
