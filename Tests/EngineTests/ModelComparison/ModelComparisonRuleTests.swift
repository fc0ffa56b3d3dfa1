import ReferenceModel
import Testing

/// Compares the program with the model, on logs and rules that are generated from seeds.
///
/// `LM2000_MODEL_RULES` sets their number, 50 by default.
@Suite struct ModelComparisonRuleTests {
  private static let shares = 8
  private static let count = ModelSeeds.setting("LM2000_MODEL_RULES") ?? 50

  @Test(arguments: 0..<shares)
  func theProductAgreesWithTheModel(share: Int) {
    for seed in ModelSeeds.share(share, of: Self.shares, count: Self.count) {
      ModelSeeds.trace(seed)
      let log = AskedLog(ruleSeed: UInt64(seed))
      let comparison = AskedComparison(log, seed: seed)
      if let difference = comparison.difference() {
        Issue.record(Comment(rawValue: difference))
        return
      }
    }
  }
}
