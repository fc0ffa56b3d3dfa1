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

  private let memory = PerDimension { _ in Memory() }
  private var serial: UInt32 = 0

  /// Counts the hits of a second.
  ///
  /// - Parameter names: the names of the hits.
  mutating func count(
    _ hits: UnsafeBufferPointer<Record>, at second: EpochSecond, _ names: NameTables,
    in closed: inout ClosedSeconds
  ) -> HitLocation {
    if serial == .max { self = SecondNames() }
    serial += 1
    var counters = PerDimension<NameCounter> { counter(of: $0, for: hits.count, names) }
    var traffic = Traffic()
    for hit in hits {
      traffic.add(hit)
      Dimension.each { dimension in
        counters.modify(dimension) { $0.count(hit, dimension, names) }
      }
    }
    return closed.append(at: second, traffic) { dimension, allCounts in
      let counter = counters[dimension]
      allCounts.append(contentsOf: counter.counts[..<counter.count])
      return counter.bytes
    }
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
  mutating func count(_ hit: Record, _ dimension: Dimension, _ names: NameTables) {
    let id = hit.names[dimension]
    var position = positions[id.index]
    if position.serial == serial {
      counts[Int(position.index)].add(status: hit.status, bytes: hit.bytes)
      return
    }
    if position.serial == 0 {
      position.length = UInt16(clamping: names.with(dimension) { $0.length(of: id) })
    }
    position.serial = serial
    position.index = UInt16(truncatingIfNeeded: count)
    positions[id.index] = position
    bytes &+= Int(position.length)
    counts[count] = NameCount(id: id, status: hit.status, bytes: hit.bytes)
    count &+= 1
  }
}
