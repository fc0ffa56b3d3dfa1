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
  /// What it has received, if it is a listener.
  package var listener: ListenerFigures?
  /// Whether it is a peer of a listener.
  package var isPeer = false
  /// What is known of it as a sender of reports, if it is one.
  package var sender: SenderFigures?

  package init(path: Name, format: String? = nil, phase: Phase) {
    self.path = path
    self.format = format
    self.phase = phase
  }
}

extension SourceState {
  /// The state of several sources together.
  package init(joining states: [SourceState], named title: Name) {
    self.init(path: title, phase: Phase(joining: states.map(\.phase)))
    if states.count == 1 { self = states[0] }
    // A listener has no format: its peers do, unless what they send is nothing of use.
    let logs = states.filter { $0.listener == nil && (!$0.isPeer || $0.format != nil) }
    let first = logs.first
    if logs.allSatisfy({ $0.format == first?.format }) { format = first?.format }
    if logs.allSatisfy({ $0.wrappers == first?.wrappers }) { wrappers = first?.wrappers ?? [] }
    rotations = states.reduce(0) { $0 + $1.rotations }
    truncations = states.reduce(0) { $0 + $1.truncations }
    replacements = states.reduce(0) { $0 + $1.replacements }
    unreadFiles = states.reduce(0) { $0 + $1.unreadFiles }
    listener = states.compactMap(\.listener).reduce(nil) { sum, figures in
      sum.map { $0 + figures } ?? figures
    }
  }
}

extension SourceState.Phase {
  /// The phase of several sources together: loading as long as one is, then that of those that can be
  /// read.
  fileprivate init(joining phases: [SourceState.Phase]) {
    var bytes: (read: Int64, total: Int64?) = (0, 0)
    var isLoading = false
    for case .loading(let read, let total) in phases {
      isLoading = true
      bytes.read += read
      bytes.total = bytes.total.flatMap { sum in total.map { sum + $0 } }
    }
    if isLoading {
      self = .loading(read: bytes.read, total: bytes.total)
    } else if phases.contains(.following) {
      self = .following
    } else if phases.contains(.ended) {
      self = .ended
    } else if phases.contains(.waiting) {
      self = .waiting
    } else {
      self = phases.first ?? .ended
    }
  }
}
