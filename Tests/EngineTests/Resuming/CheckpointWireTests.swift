import AccessLog
import Engine
import LogInput
import Testing

/// The stored form of a checkpoint, whole and damaged.
@Suite struct CheckpointWireTests {
  /// The checkpoint of a run that was stopped after some rotations.
  private static func sample(seed: UInt64) throws -> (ResumedWorld, Checkpoint) {
    let world = try ResumedWorld(seed: seed)
    while world.saved.checkpoint?.closedThrough == nil || world.lines.count < 30 {
      try world.live(isLast: true)
    }
    return (world, try #require(world.saved.checkpoint))
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func whatWasStoredIsReadAsItWas(seed: UInt64) throws {
    let (_, checkpoint) = try Self.sample(seed: seed)
    #expect(try Checkpoint(decoding: checkpoint.encoded) == checkpoint)
  }

  /// Bytes are missing or left over, or another version wrote them.
  @Test func whatIsTooShortOrTooLongIsRejected() throws {
    let bytes = try Self.sample(seed: 1).1.encoded
    for count in 0..<bytes.count {
      #expect(throws: WireFailure.self) { try Checkpoint(decoding: bytes.prefix(count)) }
    }
    #expect(throws: WireFailure.tooLong) { try Checkpoint(decoding: bytes + [0]) }
    #expect(throws: WireFailure.unknownVersion(2)) {
      try Checkpoint(decoding: [2] + bytes.dropFirst())
    }
  }

  /// What can be read is used like any other checkpoint; it may not fit, but it stops nothing.
  @Test func changedBytesAreRejectedOrMeanSomething() throws {
    let (world, checkpoint) = try Self.sample(seed: 2)
    let bytes = checkpoint.encoded
    var meaningful = 0
    for index in bytes.indices {
      for value in [bytes[index] ^ 1 << (index & 7)] {
        var changed = bytes
        changed[index] = value
        guard let decoded = try? Checkpoint(decoding: changed) else { continue }
        #expect(decoded.encoded == changed)
        meaningful += 1
        guard meaningful % 300 == 0 else { continue }
        world.saved.checkpoint = decoded
        try world.live()
      }
    }
    #expect(meaningful > 500)
  }

  private enum Extreme: CaseIterable {
    case closedFirst, closedLast, neverClosed, knowsAll, knowsNothing, headFirst, headLast
    case noStart, manyStarts

    func apply(to checkpoint: inout Checkpoint) {
      switch self {
      case .closedFirst: checkpoint.closedThrough = EpochSecond(.min)
      case .closedLast: checkpoint.closedThrough = EpochSecond(.max)
      case .neverClosed: checkpoint.closedThrough = nil
      case .knowsAll: change(&checkpoint) { $0.known = .max }
      case .knowsNothing: change(&checkpoint) { $0.known = 0 }
      case .headFirst: change(&checkpoint) { $0.head = EpochSecond(.min) }
      case .headLast: change(&checkpoint) { $0.head = EpochSecond(.max) }
      case .noStart: checkpoint.starts = []
      case .manyStarts:
        checkpoint.starts = Array(repeating: checkpoint.starts[0], count: 16)
      }
    }

    private func change(_ checkpoint: inout Checkpoint, _ body: (inout Checkpoint.Start) -> Void) {
      for index in checkpoint.starts.indices { body(&checkpoint.starts[index]) }
    }
  }

  @Test(arguments: 0..<9, 0..<9) func figuresThatCannotBeRightStopNothing(
    first: Int, second: Int
  ) throws {
    let (world, checkpoint) = try Self.sample(seed: 3)
    var changed = checkpoint
    Extreme.allCases[first].apply(to: &changed)
    if second < first, !changed.starts.isEmpty { Extreme.allCases[second].apply(to: &changed) }
    world.saved.checkpoint = changed
    for _ in 0..<2 { try world.live() }
  }
}
