import AccessLog

/// Counts the names of the hits of one second after the other, each name once.
struct SecondNames: ~Copyable {
  /// Where a name was last counted.
  fileprivate struct Position: BitwiseCopyable {
    /// Identifies the second; 0 if the name was never counted.
    var serial: UInt32 = 0
    /// The index of its count among those of the second.
    var index: UInt16 = 0
    /// The length of the name in bytes.
    var length: UInt16 = 0
  }

  /// The most hits of a second, and so of a chunk, that can be counted.
  static let greatestCount = Int(UInt16.max)

  /// The memory of one dimension.
  private final class Memory {
    /// By name ID.
    var positions = ScratchBuffer<Position>()
    /// The counts of one second.
    var counts = ScratchBuffer<NameCount>()
  }

  private let memory: PerDimension<Memory>
  private let ranked: CountedFacts
  private var serial: UInt32 = 0

  /// - Parameter ranked: the dimensions in which hits have names.
  init(_ ranked: CountedFacts) {
    self.ranked = ranked
    memory = PerDimension(ranked.all) { _ in Memory() }
  }

  /// Counts the hits of a second.
  ///
  /// - Parameters:
  ///   - facts: what the hits of the chunk hold besides their records.
  ///   - names: the names of the hits.
  mutating func count(
    _ hits: ChunkHits, _ facts: borrowing FactColumns, at second: EpochSecond, _ names: NameTables,
    in closed: inout ClosedSeconds
  ) -> HitLocation {
    begin()
    let (traffic, counters) = countCommon(hits, names)
    if facts.isEmpty, ranked.measures.isEmpty {
      return closed.append(at: second, traffic, hasOthers: false, SecondDetails()) {
        counters[$0].append(to: &$1)
      }
    }
    let others = countOthers(hits, facts, names)
    var details = SecondDetails()
    if facts.hasLatencies { details.latencies = latencies(hits, facts) }
    if !ranked.measures.isEmpty { details.measures = measures(hits, facts) }
    let (ranked, hasOthers) = (ranked, !others.isEmpty)
    return closed.append(at: second, traffic, hasOthers: hasOthers, details) {
      dimension, allCounts in
      if dimension.isCommon {
        return counters[dimension].append(to: &allCounts)
      }
      guard let place = ranked.others.firstIndex(of: dimension) else { return 0 }
      return others[place].append(to: &allCounts)
    }
  }

  /// Begins another second.
  private mutating func begin() {
    if serial == .max { self = SecondNames(ranked) }
    serial += 1
  }

  @inline(__always)
  private func countCommon(
    _ hits: ChunkHits, _ names: NameTables
  ) -> (Traffic, PerDimension<NameCounter>) {
    var counters = PerDimension<NameCounter> { counter(of: $0, for: hits.count, names) }
    var traffic = Traffic()
    hits.visit { hit, _ in
      traffic.add(hit)
      Dimension.eachCommon { dimension in
        names.with(dimension) { names in
          counters.modify(dimension) { $0.count(hit.names[dimension], hit, names) }
        }
      }
    }
    return (traffic, counters)
  }

  private func countOthers(
    _ hits: ChunkHits, _ facts: borrowing FactColumns, _ names: NameTables
  ) -> [NameCounter] {
    let rows = facts.allNames
    let width = ranked.others.count
    return ranked.others.enumerated().map { place, dimension in
      var counter = counter(of: dimension, for: hits.count, names)
      names.with(dimension) { names in
        hits.visit { hit, index in counter.count(rows[index &* width &+ place], hit, names) }
      }
      return counter
    }
  }

  /// The latencies of the hits of a second; `nil` if none has one.
  private func latencies(
    _ hits: ChunkHits, _ facts: borrowing FactColumns
  ) -> SecondLatencies? {
    var latencies = SecondLatencies(ranked.all)
    hits.visit { hit, index in
      let latency = facts.latency(at: index)
      guard latency >= 0 else { return }
      let bucket = latencies.add(latency)
      Dimension.eachCommon { latencies.add(bucket, hit.names[$0], $0, ranked) }
      for (name, dimension) in zip(facts.names(at: index), ranked.others) {
        latencies.add(bucket, name, dimension, ranked)
      }
    }
    guard latencies.max >= 0 else { return nil }
    latencies.consolidate()
    return latencies
  }

  /// What rules count of the hits of a second.
  private func measures(
    _ hits: ChunkHits, _ facts: borrowing FactColumns
  ) -> SecondMeasures {
    var measures = SecondMeasures()
    measures.add(hits, facts, ranked)
    measures.consolidate()
    return measures
  }

  /// A counter with room for so many hits.
  private func counter(
    of dimension: Dimension, for hits: Int, _ names: NameTables
  ) -> NameCounter {
    let memory = memory[dimension]
    let none = NameCount(id: NameID(value: 0), status: .other, bytes: 0)
    memory.counts.grow(to: hits, filling: none)
    memory.positions.grow(to: names.with(dimension) { $0.count }, filling: Position())
    return NameCounter(serial, memory.positions.elements, memory.counts.elements)
  }
}

/// Counts the names of one dimension in one second.
private struct NameCounter {
  let serial: UInt32
  let positions: UnsafeMutableBufferPointer<SecondNames.Position>
  let counts: UnsafeMutableBufferPointer<NameCount>
  private(set) var count = 0
  /// The length of the names in bytes.
  private(set) var bytes = 0

  init(
    _ serial: UInt32, _ positions: UnsafeMutableBufferPointer<SecondNames.Position>,
    _ counts: UnsafeMutableBufferPointer<NameCount>
  ) {
    self.serial = serial
    self.positions = positions
    self.counts = counts
  }

  @inline(__always)
  mutating func count(_ id: NameID, _ hit: Record, _ names: borrowing NameTable) {
    var position = positions[id.index]
    if position.serial == serial {
      counts[Int(position.index)].add(status: hit.status, bytes: hit.bytes)
      return
    }
    if position.serial == 0 {
      position.length = UInt16(clamping: names.length(of: id))
    }
    position.serial = serial
    position.index = UInt16(truncatingIfNeeded: count)
    positions[id.index] = position
    bytes &+= Int(position.length)
    counts[count] = NameCount(id: id, status: hit.status, bytes: hit.bytes)
    count &+= 1
  }

  /// Appends the counts.
  ///
  /// - Returns: the length of the names in bytes.
  @inline(__always)
  func append(to allCounts: inout [NameCount]) -> Int {
    allCounts.append(contentsOf: counts[..<count])
    return bytes
  }
}
