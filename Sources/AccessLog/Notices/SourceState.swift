/// The state of a source of log lines, for display.
package struct SourceState: Equatable, Sendable {
  /// How far the source has been read.
  package enum Phase: Equatable, Sendable {
    /// Followed, but no file has the name at the moment.
    case waiting
    /// Not yet read to its end for the first time. In bytes; `total` is unknown for a pipe.
    case loading(read: Int64, total: Int64?)
    /// Read to its end and watched for more lines.
    case following
    /// Read to its end; no more lines will come.
    case ended
    /// Cannot be read.
    case failed(InputFailure)
  }

  /// The path as given on the command line; `-` is standard input.
  package var path: Name
  /// The name of the log format, once it is known.
  package var format: String?
  /// What is around its lines.
  package var wrappers: [Wrapper] = []
  /// How far the source has been read.
  package var phase: Phase
  /// How often a new file took the name.
  package var rotations = 0
  /// How often the file was truncated.
  package var truncations = 0
  /// How often the file was replaced or overwritten by a copy of itself; reading continued at the
  /// same offset.
  package var replacements = 0
  /// Rotated files that disappeared between two checks and were never read.
  package var unreadFiles = 0

  package init(path: Name, format: String? = nil, phase: Phase) {
    self.path = path
    self.format = format
    self.phase = phase
  }
}
