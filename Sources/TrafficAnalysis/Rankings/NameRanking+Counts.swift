import AccessLog

extension NameRanking {
  /// Adds the counts of one second.
  ///
  /// New names are collected and appended together: appended one by one, each would ask who else holds
  /// the array.
  ///
  /// - Parameters:
  ///   - bound: the most hits that a new name may have had.
  ///   - positions: for each name ID, the index in `totals` plus one; 0 if the name has no hits.
  ///   - nameBytes: the length of all names of `totals`.
  /// - Complexity: O(counts), amortized
  static func add(
    _ counts: UnsafeBufferPointer<NameCount>, bound: Int, to totals: inout [Total],
    _ positions: inout [UInt32], _ nameBytes: inout Int, _ names: NameTable
  ) {
    withUnsafeTemporaryAllocation(of: Total.self, capacity: counts.count) { new in
      var newCount = 0
      totals.withUnsafeMutableBufferPointer { totals in
        positions.withUnsafeMutableBufferPointer { positions in
          for count in counts {
            let position = Int(positions[count.id.index])
            if position > totals.count {
              new[position &- totals.count &- 1].add(count)
            } else if position > 0 {
              totals[position &- 1].add(count)
            } else {
              nameBytes &+= names.length(of: count.id)
              new.initializeElement(at: newCount, to: Total(count, bound: bound))
              newCount &+= 1
              positions[count.id.index] = UInt32(truncatingIfNeeded: totals.count &+ newCount)
            }
          }
        }
      }
      totals.append(contentsOf: new[..<newCount])
    }
  }
}

extension NameRanking.Total {
  /// The figures of a name that may have had `bound` hits before.
  @inline(__always)
  fileprivate init(_ count: NameCount, bound: Int) {
    self.init(
      id: count.id, hits: bound.addingSaturated(Int(count.hits)),
      clientErrors: Int(count.clientErrors), serverErrors: Int(count.serverErrors),
      bytes: count.bytes, error: bound)
  }

  @inline(__always)
  fileprivate mutating func add(_ count: NameCount) {
    hits = hits.addingSaturated(Int(count.hits))
    clientErrors &+= Int(count.clientErrors)
    serverErrors &+= Int(count.serverErrors)
    bytes = bytes.addingSaturated(count.bytes)
  }
}
