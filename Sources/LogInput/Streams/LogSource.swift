import AccessLog

/// A byte source that reports its state.
package protocol LogSource: ByteSource {
  /// The progress of reading, without the name of the format.
  var state: SourceState { get }

  /// The problems that were worked around since the last call.
  func drainNotices() -> [Notice]
}
