/// The result of a read.
package enum ReadResult: Equatable, Sendable {
  /// The number of bytes read, at least one.
  case bytes(Int)
  /// The source has been read to its current end; more bytes may follow later.
  case caughtUp
  /// There is nothing for now, although the source has not been read to its end.
  case pending
  /// The current file has ended, and the next read begins with another one. An incomplete line at
  /// the end of the file will not be continued.
  case boundary
  /// The rest of the current file cannot be read, and the next read begins with another one. An
  /// incomplete line does not count.
  case cut
  /// The source has ended for good.
  case end
}
