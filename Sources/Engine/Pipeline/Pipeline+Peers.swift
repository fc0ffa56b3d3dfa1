import AccessLog
import TrafficAnalysis

// Sources that come and go while the run goes on: the peers of a listener. They stand behind the
// sources of the options, and are removed once nothing of them is left to be shown.

extension Pipeline {
  /// Adds a source behind the others.
  ///
  /// - Parameters:
  ///   - path: its name in events.
  ///   - label: the name of its records where their lines give none.
  ///   - isLabelled: whether each line has a label before it. (`LabelledLine`)
  package mutating func addSource(_ path: Name, label: Name, isLabelled: Bool = false) {
    sources.append(SourceReading(path, options, label: label, isLabelled: isLabelled))
    turns.append(SourceTurn())
    analyzer.addSource(path)
  }

  /// Whether a source has ended and everything that it brought is shown.
  package func isDrained(_ source: Int) -> Bool {
    turns[source].hasEnded && analyzer.isDrained(source)
  }

  /// Removes a drained source; those behind it move up. Its hits stay in all figures, and its lines
  /// count as those of another source.
  package mutating func removeSource(_ source: Int, countingAsThoseOf other: Int) {
    removedBytes += sources[source].offset
    sources.remove(at: source)
    turns.remove(at: source)
    senders.removeSource(source)
    analyzer.removeSource(source, countingAsThoseOf: other)
  }

  // MARK: - One of them alone

  /// Whether a source can be shown alone.
  package var canShowSource: Bool { analyzer.canShowSource }

  /// Lets snapshots show the first source with a name alone, or all sources with `nil`.
  ///
  /// - Returns: `false` if there is no such source, or if it cannot be shown alone.
  @discardableResult
  package mutating func showSource(named name: Name?) -> Bool {
    guard let name else {
      analyzer.showSource(nil)
      return true
    }
    guard canShowSource, let source = analyzer.sourceNames.firstIndex(of: name) else {
      return false
    }
    analyzer.showSource(source)
    return true
  }

  /// The name of the source that snapshots show alone; `nil` if they show all.
  package var shownSource: Name? { analyzer.shownSource.map { analyzer.sourceNames[$0] } }

  /// The last closed seconds of a source.
  package func recentTotals(of source: Int) -> RecentTotals { analyzer.recentTotals(of: source) }

  /// Sets what a listener has received.
  package mutating func setFigures(_ figures: ListenerFigures, ofListener source: Int) {
    sources[source].listener = figures
  }
}
