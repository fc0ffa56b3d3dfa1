/// The range of a name's bytes in the batch that holds the record.
@frozen public struct NameRange: Sendable {
  /// The first byte, counted from `RecordBatch.names`.
  public var offset: Int
  /// The length in bytes.
  public var count: Int
  /// `NameHash` of the bytes.
  public var hash: UInt64

  @inlinable public init(offset: Int, count: Int, hash: UInt64) {
    self.offset = offset
    self.count = count
    self.hash = hash
  }
}

/// One hit, parsed from its log line. The batch holds the bytes of its names.
@frozen public struct Record: Sendable {
  /// The time given on the line.
  public var time: EpochSecond
  /// Response bytes, 0 to 2^63-1.
  public var bytes: Int64
  /// The name of the hit in each dimension.
  public var names: PerDimension<NameRange>
  public var status: StatusClass
  /// `nil` if the request line has fewer than two words.
  public var method: Method?

  @inlinable public init(
    time: EpochSecond, bytes: Int64, names: PerDimension<NameRange>, status: StatusClass,
    method: Method?
  ) {
    self.time = time
    self.bytes = bytes
    self.names = names
    self.status = status
    self.method = method
  }
}
