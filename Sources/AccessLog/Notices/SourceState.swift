/// Where a source of log lines stands, for people to see.
package struct SourceState: Equatable, Sendable {
  package enum Phase: Equatable, Sendable {
    /// Followed, and not there (yet, or for the moment).
    case waiting
    /// Not yet read to its end for the first time; `total` is unknown on a pipe. In bytes.
    case loading(read: Int64, total: Int64?)
    /// Read to its end, and watched for more.
    case following
    /// Read to its end; no more will come.
    case ended
    /// Cannot be read, and why.
    case failed(InputFailure)
  }

  /// The path as it was given; `-` is standard input.
  package var path: Name
  /// The name of the log format, once it is known.
  package var format: String?
  package var phase: Phase
  /// How often the file was replaced by a new one under its name.
  package var rotations = 0
  /// How often the file was cut short and begun again.
  package var truncations = 0
  /// How often the file was replaced by a copy of itself, or written anew as one; reading went on
  /// behind what was read.
  package var replacements = 0
  /// Whole files that came and went between two looks and could not be found again.
  package var missedGenerations = 0

  package init(path: Name, format: String? = nil, phase: Phase) {
    self.path = path
    self.format = format
    self.phase = phase
  }
}
