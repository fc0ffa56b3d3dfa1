/// Where a name's bytes lie in the batch that holds the record.
@frozen package struct NameSpan: Sendable {
  @usableFromInline package var offset: Int
  @usableFromInline package var count: Int
  /// `NameHash` of the bytes.
  @usableFromInline package var hash: UInt64

  @inlinable package init(offset: Int, count: Int, hash: UInt64) {
    self.offset = offset
    self.count = count
    self.hash = hash
  }
}

/// One hit as its log line tells it; its names lie in the batch.
@frozen package struct Record: Sendable {
  /// When the server says it was.
  package var time: EpochSecond
  /// Response bytes, 0 to 2^63-1.
  package var bytes: Int64
  package var section: NameSpan
  package var client: NameSpan
  package var status: StatusClass
  /// `nil` where the request line has fewer than two words.
  package var method: Method?

  @inlinable package init(
    time: EpochSecond, bytes: Int64, section: NameSpan, client: NameSpan,
    status: StatusClass, method: Method?
  ) {
    self.time = time
    self.bytes = bytes
    self.section = section
    self.client = client
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

/// A rejected line, for the eyes of the operator.
package struct RejectedLine: Equatable, Sendable {
  /// Counted from 1 in its source.
  package var number: Int
  package var rejection: Rejection
  /// The first bytes of the line.
  package var excerpt: [UInt8]

  package init(number: Int, rejection: Rejection, excerpt: [UInt8]) {
    self.number = number
    self.rejection = rejection
    self.excerpt = excerpt
  }
}
