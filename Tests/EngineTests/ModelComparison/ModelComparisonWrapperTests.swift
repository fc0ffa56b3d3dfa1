import ReferenceModel
import Testing

/// A wrapper around every line changes no figure of a log: the whole output stays the same.
@Suite struct ModelComparisonWrapperTests {
  private static let kinds = WrapperWriter.all.map(\.kind)

  /// The number of lines of a log: more where many logs are asked for.
  private static func lines(usually count: Int) -> Int { ModelSeeds.logs >= 20_000 ? 1000 : count }

  @Test(arguments: kinds)
  func theModelReadsEveryWrapper(kind: String) throws {
    let wrapper = try #require(WrapperWriter.named(kind))
    for (index, format) in formatNames.enumerated() {
      for isHostile in [false, true] {
        compare(.model, [wrapper], format, lines: 200, isHostile: isHostile, seed: index + 1)
      }
    }
  }

  @Test(arguments: kinds)
  func theProductReadsEveryWrapper(kind: String) throws {
    let wrapper = try #require(WrapperWriter.named(kind))
    for (index, format) in formatNames.enumerated() {
      for isHostile in [false, true] {
        compare(
          .product, [wrapper], format, lines: Self.lines(usually: 400), isHostile: isHostile,
          seed: index + 1)
      }
    }
  }

  /// Every kind in the one of the argument, which must not need a line that begins with an address.
  @Test(arguments: WrapperWriter.all.filter { !$0.needsAddress }.map(\.kind))
  func theProductReadsEveryWrapperInAnother(kind: String) throws {
    let outer = try #require(WrapperWriter.named(kind))
    for (index, inner) in WrapperWriter.all.enumerated() {
      compare(
        .product, [inner, outer], formatNames[index % formatNames.count],
        lines: Self.lines(usually: 200), isHostile: index % 3 == 0, seed: index + 1)
    }
  }

  @Test(arguments: WrapperWriter.all.filter { !$0.needsAddress }.map(\.kind))
  func theModelReadsEveryWrapperInAnother(kind: String) throws {
    let outer = try #require(WrapperWriter.named(kind))
    for (index, inner) in WrapperWriter.all.enumerated() {
      compare(
        .model, [inner, outer], formatNames[index % formatNames.count], lines: 50,
        isHostile: index % 3 == 0, seed: index + 1)
    }
  }

  private func compare(
    _ runner: Runner, _ wrappers: [WrapperWriter], _ format: String, lines: Int, isHostile: Bool,
    seed: Int
  ) {
    let log = WrappableLog(
      seed: UInt64(seed), format: format, count: lines, isHostile: isHostile, wrappers: wrappers)
    let wrapped = log.bytes(in: wrappers, seed: UInt64(seed))
    let expected = runner.run(log.bytes, log.options)
    let actual = output(runner, wrapped, log.options, seed: seed)
    guard actual != expected else { return }
    Issue.record(
      """
      \(wrappers.map(\.kind)) around \(format), hostile: \(isHostile), seed \(seed)
      \(firstDifference(runner, log, wrappers, seed: seed))
      """)
  }

  /// The output for a log that is read in chunks cut at random.
  private func output(
    _ runner: Runner, _ bytes: [UInt8], _ options: ModelOptions, seed: Int
  ) -> String {
    if runner == .model { return runner.run(bytes, options) }
    var random = RandomSource(seed: UInt64(seed))
    let chunks = (0..<2000).map { _ in random.number(1...random.pick([3, 100, 4000])) }
    return runProduct(bytes, options, chunks: chunks)
  }

  /// The first line that alone has other figures in its wrappers, as bytes and as output.
  private func firstDifference(
    _ runner: Runner, _ log: WrappableLog, _ wrappers: [WrapperWriter], seed: Int
  ) -> String {
    var options = log.options
    if options.format == "auto" { options.format = "combined" }
    for line in log.lines {
      var one = log
      one.keep(line)
      let wrapped = one.bytes(in: wrappers, seed: UInt64(seed))
      let (bare, inside) = (runner.run(line + [10], options), runner.run(wrapped, options))
      if bare != inside {
        return "\(visible(line))\n\(visible(wrapped))\nbare:\n\(bare)\nwrapped:\n\(inside)"
      }
    }
    return "no line alone"
  }
}
