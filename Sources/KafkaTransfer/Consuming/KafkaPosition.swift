/// The place in a partition up to which it was read.
package struct KafkaPosition: Equatable, Sendable {
  package var partition: Int32
  /// The offset of the next message to be read.
  package var offset: Int64
  /// What the reader keeps with it; at most some 4,000 bytes.
  package var metadata: [UInt8]

  package init(partition: Int32, offset: Int64, metadata: [UInt8] = []) {
    self.partition = partition
    self.offset = offset
    self.metadata = metadata
  }
}

/// The messages that a partition holds.
package struct KafkaExtent: Equatable, Sendable {
  package var partition: Int32
  /// The first offset that is still there.
  package var low: Int64
  /// The offset behind the last message.
  package var high: Int64
  /// What the brokers keep for this client; `nil` for nothing, or if it was not asked for.
  package var committed: KafkaPosition?
}

/// Where reading begins, in each partition that exists at the start. One that is made later is read from
/// its beginning, or from its kept position.
package enum KafkaStart: Sendable {
  case beginning
  /// At the last messages of each partition, as many as given.
  case tail(Int64)
  /// At the kept positions; without one, at the last messages, as many as given, or at the beginning.
  case committed(orTail: Int64? = nil)
  /// At chosen offsets, given what a partition holds and the kept position.
  case chosen(@Sendable (KafkaExtent) -> Int64)

  /// Whether the kept positions are needed.
  var usesCommitted: Bool {
    switch self {
    case .committed, .chosen: true
    case .beginning, .tail: false
    }
  }

  /// The offset of the first message to be read.
  ///
  /// - Parameter isLate: whether the partition was made after the start.
  func offset(in extent: KafkaExtent, isLate: Bool) -> Int64 {
    let wanted =
      switch self {
      case .beginning: extent.low
      case .tail(let count): isLate ? extent.low : extent.high - min(count, extent.high)
      case .committed(let tail):
        extent.committed?.offset
          ?? (tail.map(Self.tail) ?? .beginning).offset(in: extent, isLate: isLate)
      case .chosen(let choose): choose(extent)
      }
    return min(max(wanted, extent.low), extent.high)
  }
}
