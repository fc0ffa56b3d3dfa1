import AccessLog

/// Counts the names of the hits of one second after the other, each name once.
struct SecondNames {
  /// Where a name was last counted.
  private struct Position {
    /// Identifies the second; 0 if the name was never counted.
    var serial: UInt32 = 0
    /// The index of its count among those of the second.
    var index: UInt32 = 0
    /// The length of the name in bytes.
    var length: UInt32 = 0
  }

  private var positions = PerDimension<[Position]>(repeating: [])
  private var serial: UInt32 = 0

  /// Counts the hits of a second.
  ///
  /// - Parameter indices: the indices of its hits in `records`.
  mutating func count(
    _ indices: UnsafeBufferPointer<Int32>, of records: UnsafeBufferPointer<Record>,
    at second: EpochSecond, _ names: NameTables, in closed: inout ClosedSeconds
  ) -> HitLocation {
    var traffic = Traffic()
    for index in indices { traffic.add(records[Int(index)]) }
    if serial == .max { self = SecondNames() }
    serial += 1
    let serial = serial
    return closed.append(at: second, traffic) { dimension, counts in
      positions.modify(dimension) { positions in
        names.with(dimension) { names in
          Self.grow(&positions, for: names)
          return positions.withUnsafeMutableBufferPointer {
            Self.count(indices, of: records, dimension, serial, $0, &counts, names)
          }
        }
      }
    }
  }

  private static func grow(_ positions: inout [Position], for names: borrowing NameTable) {
    guard positions.count < names.count else { return }
    positions.append(
      contentsOf: repeatElement(
        Position(), count: names.count + names.count / 4 + 1024 - positions.count))
  }

  /// - Returns: the length of the names in bytes.
  @inline(__always)
  private static func count(
    _ indices: UnsafeBufferPointer<Int32>, of records: UnsafeBufferPointer<Record>,
    _ dimension: Dimension, _ serial: UInt32, _ positions: UnsafeMutableBufferPointer<Position>,
    _ counts: inout [NameCount], _ names: borrowing NameTable
  ) -> Int {
    let first = counts.count
    var bytes = 0
    for index in indices {
      let record = records[Int(index)]
      let id = record.names[dimension]
      let position = positions[id.index]
      if position.serial == serial {
        counts[first &+ Int(position.index)].add(status: record.status, bytes: record.bytes)
        continue
      }
      if position.serial == 0 {
        positions[id.index].length = UInt32(truncatingIfNeeded: names.length(of: id))
      }
      positions[id.index].serial = serial
      positions[id.index].index = UInt32(truncatingIfNeeded: counts.count &- first)
      bytes &+= Int(positions[id.index].length)
      counts.append(NameCount(id: id, status: record.status, bytes: record.bytes))
    }
    return bytes
  }
}
