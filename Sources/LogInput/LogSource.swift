import AccessLog

/// A source that can say where it stands.
package protocol LogSource: ByteSource {
  /// Where it stands, for people to see. The name of the format is not known here.
  var state: SourceState { get }

  /// What went wrong and was mended since the last call.
  func takeNotices() -> [Notice]
}
