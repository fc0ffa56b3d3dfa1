import ReferenceModel
import Testing

@testable import AccessLog

/// The wire form of a closed second.
@Suite struct ClosedSecondTests {
  private static let example: ClosedSecond = {
    var traffic = Traffic()
    traffic.add(bytes: 512, status: .successful, method: .get)
    traffic.add(bytes: 300, status: .clientError, method: .post)
    traffic.add(bytes: 0, status: .other, method: nil)
    let sections = [
      CountedName(name: Name("/a"), hits: 2, clientErrors: 1, serverErrors: 0, bytes: 812),
      CountedName(name: Name("/b"), hits: 1, clientErrors: 0, serverErrors: 0, bytes: 0),
    ]
    var names = PerDimension(repeating: CountedNames())
    names[.section] = CountedNames(names: sections)
    names[.client] = CountedNames(bound: 3)
    return ClosedSecond(second: EpochSecond(-1), traffic: traffic, names: names)
  }()

  @Test func decodingReturnsTheEncodedSecond() throws {
    #expect(try ClosedSecond(decoding: Self.example.encoded) == Self.example)
    for seed in 0..<500 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let second = ClosedSecond.random(&random)
      let decoded = try ClosedSecond(decoding: second.encoded)
      #expect(decoded == second, "seed \(seed)")
    }
  }

  /// Seconds written by other versions must stay readable.
  @Test func theEncodingOfVersionOneDoesNotChange() {
    #expect(Self.example.encoded == Self.totals + [3] + Self.sectionsAndClients + [3, 2, 0, 0])
  }

  private static let totals: [UInt8] = [
    1, 1, 3, 0xAC, 0x06,  // version, second, hits, bytes
    6, 1, 0, 1, 0, 1, 0, 10, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0,  // statuses, methods
  ]
  private static let sectionsAndClients: [UInt8] = [
    1, 17, 0, 2, 2, 0x2F, 0x61, 2, 1, 0, 0xAC, 0x06, 2, 0x2F, 0x62, 1, 0, 0, 0,  // sections
    2, 2, 3, 0,  // clients
  ]

  /// A program that knows fewer dimensions writes fewer of them.
  @Test func aSecondWithoutStatusCodesGetsAllHitsAsTheirBound() throws {
    var expected = Self.example
    expected.names[.status] = CountedNames(bound: 3)
    let bytes = Self.totals + [2] + Self.sectionsAndClients
    #expect(try ClosedSecond(decoding: bytes) == expected)
  }

  /// The length of the names of a second without hits: their number, and four bytes a dimension.
  private static let emptyNames = 1 + 4 * Dimension.common.count

  @Test func unknownDimensionsAreSkippedAndMissingOnesGetAllHitsAsBound() throws {
    var bytes = ClosedSecond(second: EpochSecond(5)).encoded
    // Only one dimension, with an unknown code.
    bytes.removeLast(Self.emptyNames)
    let closed = try ClosedSecond(decoding: bytes + [1, 99, 3, 7, 7, 7])
    #expect(closed == ClosedSecond(second: EpochSecond(5)))

    var traffic = Self.example
    traffic.names = PerDimension(repeating: CountedNames())
    var alone = traffic.encoded
    alone.removeLast(Self.emptyNames)
    let decoded = try ClosedSecond(decoding: alone + [0])
    #expect(Dimension.common.allSatisfy { decoded.names[$0] == CountedNames(bound: 3) })
  }

  @Test func aNewerVersionIsRejected() {
    var bytes = Self.example.encoded
    bytes[0] = 2
    #expect(throws: WireFailure.unknownVersion(2)) { try ClosedSecond(decoding: bytes) }
  }

  @Test func truncatedAndTooLongInputIsRejected() {
    let bytes = Self.example.encoded
    for count in bytes.indices {
      #expect(throws: WireFailure.truncated) { try ClosedSecond(decoding: bytes.prefix(count)) }
    }
    // What follows the names are latencies.
    #expect(throws: WireFailure.truncated) { try ClosedSecond(decoding: bytes + [0]) }
    #expect(throws: WireFailure.contradiction) { try ClosedSecond(decoding: bytes + [0, 0, 0]) }
    let latencies = bytes + [9, 1, 7, 3, 0]
    let decoded = try? ClosedSecond(decoding: latencies)
    #expect(decoded?.latencies?.max == 9)
    #expect(throws: WireFailure.tooLong) { try ClosedSecond(decoding: latencies + [0]) }
  }

  /// Bucket and hits of all, then of a name in a dimension.
  @Test(arguments: [
    [9, 1, 7, 4, 0], [9, 2, 7, 1, 7, 1, 0], [9, 2, 7, 1, 6, 1, 0], [9, 1, 7, 0, 0],
    [9, 1, 0xFF, 0x7F, 1, 0], [9, 1, 7, 3, 1, 1, 4, 1, 2, 7, 1],
    [9, 1, 7, 3, 2, 1, 4, 1, 0, 7, 1, 1, 4, 1, 0, 7, 1],
  ])
  func latenciesThatCannotBeAreRejected(bytes: [UInt8]) {
    #expect(throws: WireFailure.contradiction) {
      try ClosedSecond(decoding: Self.example.encoded + bytes)
    }
  }

  /// Any other byte value is rejected or decodes to a second that encodes again.
  @Test func aChangedByteIsRejectedOrGivesAValidSecond() throws {
    let bytes = Self.example.encoded
    for place in bytes.indices {
      for value in UInt8.min...UInt8.max where value != bytes[place] {
        var changed = bytes
        changed[place] = value
        guard let second = try? ClosedSecond(decoding: changed) else { continue }
        #expect(try ClosedSecond(decoding: second.encoded) == second)
      }
    }
  }

  private enum Contradiction: CaseIterable {
    case hitsWithoutStatus, moreMethodsThanHits, nameWithMoreHitsThanTheSecond, moreErrorsThanHits
    case nameWithoutHit, namesOutOfOrder, nameTwice, moreMissingThanUncounted

    var second: ClosedSecond {
      var second = example
      switch self {
      case .hitsWithoutStatus: second.traffic.hits += 1
      case .moreMethodsThanHits: second.traffic.methods[.put] = 2
      case .nameWithMoreHitsThanTheSecond: second.names[.section].names[0].hits = 3
      case .moreErrorsThanHits: second.names[.section].names[0].serverErrors = 2
      case .nameWithoutHit:
        second.names[.section].names[0].hits = 0
        second.names[.section].names[0].clientErrors = 0
      case .namesOutOfOrder: second.names[.section].names.reverse()
      case .moreMissingThanUncounted: second.names[.client].bound = 4
      case .nameTwice: second.names[.section].names[1].name = Name("/a")
      }
      return second
    }
  }

  @Test(arguments: Contradiction.allCases)
  private func contradictoryFiguresAreRejected(contradiction: Contradiction) {
    let bytes = contradiction.second.encoded
    #expect(throws: WireFailure.contradiction) { try ClosedSecond(decoding: bytes) }
  }

  /// A sender must not be able to make sums overflow, or calendars.
  @Test func timesAndHitsBeyondAllLogsAreRefused() {
    let (first, last) = (ClosedSecond.times.lowerBound, ClosedSecond.times.upperBound)
    for time in [first - 1, last + 1, .min, .max] {
      let bytes = ClosedSecond(second: EpochSecond(time)).encoded
      #expect(throws: WireFailure.badNumber) { try ClosedSecond(decoding: bytes) }
    }
    var second = ClosedSecond(second: EpochSecond(0))
    second.traffic.hits = 1 << 32 + 1
    second.traffic.status[.successful] = 1 << 32 + 1
    let bytes = second.encoded
    #expect(throws: WireFailure.badNumber) { try ClosedSecond(decoding: bytes) }
  }

  @Test(arguments: [
    [1, 0x80, 0x00], [1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
    [1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
    [1, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  ])
  func overlongAndOverflowingNumbersAreRejected(bytes: [UInt8]) {
    #expect(throws: WireFailure.badNumber) { try ClosedSecond(decoding: bytes) }
  }
}
