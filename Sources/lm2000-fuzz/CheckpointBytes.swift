import AccessLog
import Engine
import LogInput

/// The stored form of a checkpoint, which may be damaged.
struct CheckpointBytes {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Checks that whatever can be read is written as the same, and that it can be used for a log that it
  /// does not fit.
  func run() {
    if let place = try? SavedPlace(decoding: bytes) {
      require((try? SavedPlace(decoding: place.encoded)) == place, "the stored form keeps a place")
      let joined = SavedPlace(joining: [place, place])
      require((try? SavedPlace(decoding: joined.encoded)) == joined, "so it does a joined one")
    }
    guard let checkpoint = try? Checkpoint(decoding: bytes) else { return }
    require(
      (try? Checkpoint(decoding: checkpoint.encoded)) == checkpoint,
      "the stored form keeps a checkpoint")
    let path = Name("/nonexistent/access.log")
    let continuation = LogContinuation([path: checkpoint], of: [path])
    require(continuation.logs.count + continuation.unfit.count == 1, "it fits the log or not")
    sink = checkpoint.encoded.count
  }
}
