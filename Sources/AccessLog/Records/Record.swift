/// One hit, parsed from its log line.
///
/// Its names are IDs of one set of tables: those of its batch, and later those of the analysis.
@frozen public struct Record: Sendable {
  /// The time given on the line.
  public var time: EpochSecond
  /// Response bytes, 0 to 2^63-1.
  public var bytes: Int64
  /// The name of the hit in each common dimension.
  public var names: CommonNames
  public var status: StatusClass
  /// `nil` if the request line has fewer than two words.
  public var method: Method?
  /// Whether it does not satisfy the filter: it moves the clock, and counts nowhere.
  public var isFilteredOut = false
  /// Makes it 32 bytes. Of 31, two copies of 16 bytes overlap, and the processor waits for the first.
  @usableFromInline var filler: UInt8 = 0

  @inlinable @inline(__always)
  public init(
    time: EpochSecond, bytes: Int64, names: CommonNames, status: StatusClass,
    method: Method?
  ) {
    self.time = time
    self.bytes = bytes
    self.names = names
    self.status = status
    self.method = method
  }
}
