/// What a source turned out to be, and how many of its lines can be read.
package struct SourceSummary: Equatable, Sendable {
  /// The path as given on the command line; `-` is standard input.
  package var path: Name
  /// The name of the format; `nil` if none was found.
  package var format: String?
  /// What is around its lines.
  package var wrappers: [Wrapper] = []
  /// The number of hosts, containers or pods that the wrappers name.
  package var names = 0
  /// Complete lines of every kind.
  package var lines = 0
  /// The lines that cannot be read, by reason.
  package var rejected = RejectionCounts()
  /// What it has received, if it is a listener. Its lines are those of peers that are gone.
  package var listener: ListenerFigures?
  /// Whether it is a peer of a listener.
  package var isPeer = false

  package init(path: Name, format: String?) {
    self.path = path
    self.format = format
  }
}
