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
  /// The counts of a dimension.
  private var counts: [NameCount] = []

  /// Counts the hits of a second.
  ///
  /// - Parameter names: the names of the hits.
  mutating func count(
    _ hits: UnsafeBufferPointer<Record>, at second: EpochSecond, _ names: NameTables,
    in closed: inout ClosedSeconds
  ) -> HitLocation {
    var traffic = Traffic()
    for hit in hits { traffic.add(hit) }
    if serial == .max { self = SecondNames() }
    serial += 1
    if counts.count < hits.count {
      let none = NameCount(id: NameID(value: 0), status: .other, bytes: 0)
      counts = [NameCount](repeating: none, count: 2 * hits.count)
    }
    let serial = serial
    return closed.append(at: second, traffic) { dimension, allCounts in
      positions.modify(dimension) { positions in
        names.with(dimension) { names in
          Self.grow(&positions, for: names)
          return positions.withUnsafeMutableBufferPointer { positions in
            counts.withUnsafeMutableBufferPointer { counts in
              let (count, bytes) = Self.count(hits, dimension, serial, positions, counts, names)
              allCounts.append(contentsOf: counts[..<count])
              return bytes
            }
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

  /// - Returns: the number of names and their length in bytes.
  @inline(__always)
  private static func count(
    _ hits: UnsafeBufferPointer<Record>, _ dimension: Dimension, _ serial: UInt32,
    _ positions: UnsafeMutableBufferPointer<Position>,
    _ counts: UnsafeMutableBufferPointer<NameCount>, _ names: borrowing NameTable
  ) -> (count: Int, bytes: Int) {
    var count = 0
    var bytes = 0
    for hit in hits {
      let id = hit.names[dimension]
      var position = positions[id.index]
      if position.serial == serial {
        counts[Int(position.index)].add(status: hit.status, bytes: hit.bytes)
        continue
      }
      if position.serial == 0 {
        position.length = UInt32(truncatingIfNeeded: names.length(of: id))
      }
      position.serial = serial
      position.index = UInt32(truncatingIfNeeded: count)
      positions[id.index] = position
      bytes &+= Int(position.length)
      counts[count] = NameCount(id: id, status: hit.status, bytes: hit.bytes)
      count &+= 1
    }
    return (count, bytes)
  }
}
