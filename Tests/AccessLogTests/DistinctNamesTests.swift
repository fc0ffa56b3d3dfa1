import ReferenceModel
import Testing

@testable import AccessLog

/// Counting distinct names: exactly, and beyond the limit as an estimate.
@Suite struct DistinctNamesTests {
  private static let limit = DistinctNames.exactLimit

  private static func hash(_ text: String) -> UInt64 {
    Array(text.utf8).withUnsafeBufferPointer { StableHash.hash($0) }
  }

  /// The hashes of the addresses with some numbers.
  private static func hashes(_ numbers: Range<Int>) -> [UInt64] {
    numbers.map { hash("10.\($0 >> 16 & 255).\($0 >> 8 & 255).\($0 & 255)") }
  }

  private static func names(_ numbers: Range<Int>) -> DistinctNames {
    var names = DistinctNames()
    names.insert(hashes(numbers))
    return names
  }

  /// Figures of different runs and machines must be the same, so these values may never change.
  @Test(
    arguments: [
      ("", 0), ("a", 0x0717_17D2_D36B_6B11), ("10.0.0.1", 0x32C5_76BC_8BB6_D20F),
      ("10.0.0.12", 0xBD29_3CF1_F3E2_EDE7), ("2001:db8::1", 0x8A9E_2FCC_DCC5_469D),
      ("1234567890123456", 0x5030_EE4B_4F65_5966),
    ] as [(String, UInt64)])
  func theHashIsTheSameInEveryProcess(text: String, hash: UInt64) {
    #expect(Self.hash(text) == hash)
  }

  @Test(arguments: [0, 1, 2, 1000, 65_535, 65_536])
  func upToTheLimitTheCountIsExact(count: Int) {
    var names = Self.names(0..<count)
    #expect(names.count == DistinctCount(count))
    names.insert(Self.hashes(0..<min(count, 99)))
    #expect(names.count == DistinctCount(count), "names that are there already")
  }

  @Test(arguments: [65_537, 70_000, 100_000, 131_073, 1_000_000])
  func beyondTheLimitTheCountIsWithinItsError(count: Int) throws {
    let found = Self.names(0..<count).count
    let error = try #require(found.error)
    #expect(abs(found.count - count) <= error)
    #expect(found.count > Self.limit)
    // 1.96 standard errors of 1.04 / 128, rounded up.
    #expect(error == Int((Double(found.count) * 0.015925).rounded(.up)))
  }

  /// Of the estimates for 100 logs, about five may be off by more than their error.
  @Test func theErrorHoldsForNineteenOfTwentyLogs() {
    let missed = (0..<100).count { log in
      var random = RandomSource(seed: UInt64(log))
      let count = random.number(66_000...90_000)
      let sketched = DistinctNames(randomHashes: count, &random).count
      return abs(sketched.count - count) > sketched.error ?? 0
    }
    #expect(missed <= 10)
  }

  @Test(arguments: [300, 65_536, 65_537, 200_000])
  func anyOrderAndGroupingGivesTheSame(count: Int) {
    let whole = Self.names(0..<count)
    var random = RandomSource(seed: UInt64(count))
    for parts in [2, 3, 17] {
      var hashes = Self.hashes(0..<count) + Self.hashes(0..<count / 3)
      for index in hashes.indices.reversed() {
        hashes.swapAt(index, random.number(0...index))
      }
      var sets = (0..<parts).map { part in
        var set = DistinctNames()
        set.insert(stride(from: part, to: hashes.count, by: parts).map { hashes[$0] })
        return set
      }
      while sets.count > 1 {
        let set = sets.remove(at: random.number(0...(sets.count - 1)))
        sets[random.number(0...(sets.count - 1))].formUnion(set)
      }
      #expect(sets[0] == whole, "\(parts) parts")
    }
  }

  /// A caller that knows that there are many names saves the set, but changes nothing.
  @Test func theNumberOfNamesThatAreKnownToDifferChangesNothing() {
    var names = DistinctNames()
    names.insert(Self.hashes(0..<70_000), distinct: 70_000)
    #expect(names == Self.names(0..<70_000))
  }

  /// Whoever knows the hash can choose names that the estimate is wrong for, but not make it trap.
  @Test func noChosenHashesTrap() {
    var names = DistinctNames()
    names.insert((0..<100_000).map { UInt64($0 % 16_384) << 50 }, distinct: 100_000)
    #expect(names.count.count > Self.limit && names.count.error ?? 0 > 0)
    names = DistinctNames()
    names.insert([0], distinct: 100_000)
    #expect(names.count.count == Self.limit + 1)
  }

  // MARK: - Wire form

  private static func encoded(_ names: DistinctNames) -> [UInt8] {
    var writer = WireWriter()
    names.write(to: &writer)
    return writer.bytes
  }

  @Test(arguments: [0, 1, 65_536, 65_537])
  func theWireFormKeepsASet(count: Int) throws {
    let names = Self.names(0..<count)
    var reader = WireReader(Self.encoded(names))
    #expect(try DistinctNames(from: &reader, hits: count) == names)
    #expect(reader.isAtEnd)
  }

  @Test(
    arguments: [
      // Half a hash; hashes out of order, and twice.
      [1, 4, 1, 2, 3, 4],
      [1, 16] + [UInt8](repeating: 1, count: 8) + [UInt8](repeating: 0, count: 8),
      [1, 16] + [UInt8](repeating: 1, count: 16),
      // Too few registers.
      [2, 3, 1, 1, 1],
    ] as [[UInt8]])
  func contradictionsAreRejected(bytes: [UInt8]) {
    var reader = WireReader(bytes)
    #expect(throws: WireFailure.contradiction) { try DistinctNames(from: &reader, hits: 1 << 20) }
  }

  @Test func moreNamesThanHitsAndImpossibleRegistersAreRejected() {
    for (names, hits) in [(Self.names(0..<3), 2), (Self.names(0..<70_000), 1000)] {
      var reader = WireReader(Self.encoded(names))
      #expect(throws: WireFailure.contradiction) { try DistinctNames(from: &reader, hits: hits) }
    }
    var bytes = Self.encoded(Self.names(0..<70_000))
    bytes[bytes.count - 1] = HyperLogLog.greatestRank + 1
    var reader = WireReader(bytes)
    #expect(throws: WireFailure.contradiction) { try DistinctNames(from: &reader, hits: 70_000) }
    reader = WireReader([3, 0])
    #expect(throws: WireFailure.badNumber) { try DistinctNames(from: &reader, hits: 70_000) }
  }
}

extension DistinctNames {
  /// As many names as a log with random names has.
  fileprivate init(randomHashes count: Int, _ random: inout RandomSource) {
    self.init()
    let seed = UInt64(random.number(0...1 << 60))
    let hashes = (0..<count).map { number in
      withUnsafeBytes(of: (seed, number)) { StableHash.hash($0.bindMemory(to: UInt8.self)) }
    }
    insert(hashes, distinct: count)
  }
}
