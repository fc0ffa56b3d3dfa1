/// Where a name's bytes lie in the batch that holds the record.
@frozen public struct NameSpan: Sendable {
  public var offset: Int
  public var count: Int
  /// `NameHash` of the bytes.
  public var hash: UInt64

  @inlinable public init(offset: Int, count: Int, hash: UInt64) {
    self.offset = offset
    self.count = count
    self.hash = hash
  }
}

/// One hit as its log line tells it; its names lie in the batch.
@frozen public struct Record: Sendable {
  /// When the server says it was.
  public var time: EpochSecond
  /// Response bytes, 0 to 2^63-1.
  public var bytes: Int64
  public var names: PerDimension<NameSpan>
  public var status: StatusClass
  /// `nil` where the request line has fewer than two words.
  public var method: Method?

  @inlinable public init(
    time: EpochSecond, bytes: Int64, names: PerDimension<NameSpan>, status: StatusClass,
    method: Method?
  ) {
    self.time = time
    self.bytes = bytes
    self.names = names
    self.status = status
    self.method = method
  }
}

/// A run of lines that are no hits, in their place among the records of a batch.
package struct LineRun: Equatable, Sendable {
  /// They stand before the record with this index.
  package var beforeRecord: Int
  /// `nil`: ignored.
  package var rejection: Rejection?
  package var count: Int

  package init(beforeRecord: Int, rejection: Rejection?, count: Int) {
    self.beforeRecord = beforeRecord
    self.rejection = rejection
    self.count = count
  }
}
