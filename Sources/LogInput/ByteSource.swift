import AccessLog

/// Bytes of a log, wherever they come from, as one stream that never goes back.
///
/// A source never waits: it gives what is there. A file that is rotated or truncated while it is
/// followed goes on in the same stream; where one file ends and the next begins is told between two
/// reads, never inside one.
package protocol ByteSource: AnyObject {
  /// Gives the next bytes of the stream, at most as many as fit.
  ///
  /// - Throws: `InputFailure` once the source cannot be read any more.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult

  /// The first whole lines of the log where reading begins behind them, as a header may be among
  /// them; not part of the stream. Known once the first bytes were read.
  var heading: [UInt8] { get }
}

extension ByteSource {
  /// Reading begins at the beginning.
  package var heading: [UInt8] { [] }
}

/// What a read brought.
package enum ReadResult: Equatable, Sendable {
  /// So many bytes, at least one.
  case bytes(Int)
  /// Nothing is there now; more may come. The source has been read to its end.
  case caughtUp
  /// The current file of the source is finished and another begins with the next read: a half line
  /// that stands at its end will not be continued.
  case boundary
  /// Nothing more will ever come.
  case end
}
