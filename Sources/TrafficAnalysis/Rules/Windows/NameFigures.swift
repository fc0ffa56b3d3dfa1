import AccessLog

/// The figures of one name in the window of a rule, or of all hits.
struct NameFigures: Sendable {
  /// The hits in the window; for percentiles those that have a latency.
  var hits = 0
  /// Those that satisfy the condition of a share.
  var part = 0
  /// Response bytes.
  var bytes: Int128 = 0
  /// The hits of the known seconds before the window that growth compares with.
  var before = 0
  var latencies = LatencyWindow()
  var clients = ClientWindow()

  /// Whether nothing of it is left in the window or before it.
  var isEmpty: Bool { hits == 0 && before == 0 }
}

/// The hits of a window by the bucket of their latency.
struct LatencyWindow: Sendable {
  private var buckets: [(bucket: UInt16, hits: Int)] = []

  /// Adds hits, or removes them if negative.
  ///
  /// - Complexity: O(buckets)
  mutating func add(_ hits: Int, in bucket: UInt16) {
    let place = buckets.partitionPoint { $0.bucket >= bucket }
    guard place < buckets.count, buckets[place].bucket == bucket else {
      buckets.insert((bucket, hits), at: place)
      return
    }
    buckets[place].hits += hits
    if buckets[place].hits == 0 { buckets.remove(at: place) }
  }

  /// The least latency that a share of the hits does not exceed, in microseconds.
  ///
  /// - Parameters:
  ///   - percent: the share.
  ///   - hits: the number of hits, above 0.
  func percentile(_ percent: Int, of hits: Int) -> Double {
    let rank = max(1, (percent * hits + 99) / 100)
    var sum = 0
    for (bucket, hits) in buckets {
      sum += hits
      if sum >= rank { return LatencyScale.value(of: bucket) }
    }
    return 0
  }
}

/// The distinct clients of a window: exact up to a number of them, and above it estimated from the
/// clients whose hash has a number of zero bits at its end, about a power of two of them.
///
/// Unlike other sketches it can forget, as clients leave the window. With at least a quarter of the
/// limit in the sample, the standard error of the estimate is below 0.4 %.
struct ClientWindow: Sendable {
  /// The number of clients up to which they are counted exactly. It is more than the 65,536 that are
  /// promised, so that a window that held more is exact again once it has as few.
  static let limit = 1 << 18

  /// When each client of the sample was last seen.
  private var lastSeen: [UInt32: EpochSecond] = [:]
  /// The number of zero bits that the hash of a client must have.
  private(set) var level = 0

  /// The number of distinct clients.
  var count: Int { lastSeen.count << level }

  /// Whether the sample could hold more clients than it does, so that it should be made again.
  var isSparse: Bool { level > 0 && lastSeen.count < Self.limit / 4 }

  /// Notes that a client was seen.
  ///
  /// - Parameter names: the names of clients.
  /// - Complexity: O(1), amortized
  mutating func see(_ client: UInt32, at second: EpochSecond, _ names: borrowing NameTable) {
    if level > 0, !Self.isSampled(client, level, names) { return }
    lastSeen[client] = second
    while lastSeen.count > Self.limit { raiseLevel(names) }
  }

  private mutating func raiseLevel(_ names: borrowing NameTable) {
    level += 1
    let clients = Array(lastSeen.keys)
    for client in clients where !Self.isSampled(client, level, names) {
      lastSeen.removeValue(forKey: client)
    }
  }

  private static func isSampled(
    _ client: UInt32, _ level: Int, _ names: borrowing NameTable
  ) -> Bool {
    names.stableHash(of: NameID(value: client)).trailingZeroBitCount >= level
  }

  /// Forgets a client that was last seen at a second.
  mutating func forget(_ client: UInt32, lastSeenAt second: EpochSecond) {
    if lastSeen[client] == second { lastSeen.removeValue(forKey: client) }
  }

  mutating func renumber(_ newIDs: [NameID]) {
    var renumbered: [UInt32: EpochSecond] = [:]
    for (client, second) in lastSeen { renumbered[newIDs[Int(client)].value] = second }
    lastSeen = renumbered
  }

  /// The memory used, in bytes.
  var footprint: Int { lastSeen.count * 24 }
}
