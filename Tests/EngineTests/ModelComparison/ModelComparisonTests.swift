import Foundation
import ReferenceModel
import Testing

/// The seeds of the logs that are generated to compare the program with the model.
///
/// `LM2000_MODEL_LOGS` sets the number of logs (400 by default), `LM2000_MODEL_FIRST` the seed of
/// the first; `LM2000_MODEL_TRACE` prints each seed before its log is read.
enum ModelSeeds {
  static let logs = setting("LM2000_MODEL_LOGS") ?? 400
  private static let first = setting("LM2000_MODEL_FIRST") ?? 1
  private static let isTraced = setting("LM2000_MODEL_TRACE") != nil

  static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  /// One share of the seeds.
  static func share(_ share: Int, of shares: Int) -> StrideTo<Int> {
    Self.share(share, of: shares, count: logs)
  }

  static func share(_ share: Int, of shares: Int, count: Int) -> StrideTo<Int> {
    stride(from: first + share, to: first + count, by: shares)
  }

  static func trace(_ seed: Int) {
    if isTraced { FileHandle.standardError.write(Data("seed \(seed)\n".utf8)) }
  }
}

/// Compares the program with the slow and plain model, on logs that are generated from seeds.
@Suite struct ModelComparisonTests {
  private static let shares = 8

  @Test(arguments: 0..<shares)
  func theProductAgreesWithTheModel(share: Int) {
    for seed in ModelSeeds.share(share, of: Self.shares) {
      ModelSeeds.trace(seed)
      let log = GeneratedLog(seed: UInt64(seed))
      if differs(log.bytes, log.options) {
        Issue.record(Comment(rawValue: report(log, seed: seed)))
        return
      }
    }
  }

  /// Every twenty-fifth log.
  @Test(arguments: 0..<shares)
  func theSizesOfReadsChangeNothing(share: Int) {
    for seed in ModelSeeds.share(share, of: Self.shares) where seed / Self.shares % 25 == 0 {
      let log = GeneratedLog(seed: UInt64(seed))
      let whole = runProduct(log.bytes, log.options)
      for chunks in cuts(log.bytes.count, seed: seed)
      where runProduct(log.bytes, log.options, chunks: chunks) != whole {
        Issue.record("seed \(seed), \(log.options), reads of \(chunks.prefix(20))")
        return
      }
    }
  }

  /// One byte at a time; at every boundary where the log is small, else at random.
  private func cuts(_ count: Int, seed: Int) -> [[Int]] {
    var random = RandomSource(seed: UInt64(seed))
    let bytewise = [Int](repeating: 1, count: count)
    if count < 800 { return [bytewise] + (0..<count).map { [$0 + 1] } }
    let pieces = (0..<8).map { _ in
      (0..<200).map { _ in random.number(1...random.pick([3, 100, 1000])) }
    }
    return count < 50_000 ? [bytewise] + pieces : pieces
  }

  private func differs(_ bytes: [UInt8], _ options: ModelOptions) -> Bool {
    let product = runProduct(bytes, options)
    guard runProduct(bytes, options, isForDisplay: false) == product else { return true }
    return !agrees(
      product, with: ReferenceModel.run(bytes, options: options),
      comparingReasons: options.hasDefinedReasons)
  }

  private func report(_ log: GeneratedLog, seed: Int) -> String {
    let small = shrunk(log.bytes) { differs($0, log.options) }
    return """
      seed \(seed): \(log.options)
      \(visible(small))
      product:
      \(runProduct(small, log.options))
      model:
      \(ReferenceModel.run(small, options: log.options))
      """
  }
}

@Suite struct ModelComparisonShrinkingTests {
  @Test func onlyTheLinesThatMatterRemain() {
    let log = (0..<100).map { "line \($0)" }.joined(separator: "\n")
    let small = shrunk(Array(log.utf8)) { bytes in
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      return lines.contains("line 17") && lines.contains("line 80")
    }
    #expect(String(decoding: small, as: UTF8.self) == "line 17\nline 80")
  }
}
