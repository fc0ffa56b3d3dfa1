import AccessLog
import LogInput
import Messages

/// What a run without a screen says of its sources on standard error.
@MainActor
final class SourceDiagnostics {
  private let session: Session
  private let options: Options
  /// Whether the lines of each source are summed up at the end.
  private let sumsUp: Bool
  /// By the IDs of the sources.
  private var printedRejectedLines: [Int: Int] = [:]
  private var sourceNotices: [Int: SourceNotices] = [:]

  /// - Parameter sumsUp: whether the lines of each source are summed up at the end; text does so itself.
  init(_ session: Session, _ options: Options, sumsUp: Bool) {
    self.session = session
    self.options = options
    self.sumsUp = sumsUp
  }

  /// Prints where reading continues, if that is asked for.
  func printStart() {
    guard options.verbose, let last = session.options.reported?.closedThrough else { return }
    Diagnostics.print(session.inputs.title, "continues at \(last.advanced(by: 1).iso8601)")
  }

  /// The notices that have come up since the last call.
  func drainNotices() -> [Notice] {
    forgetRemovedSources()
    var notices = session.inputs.drainNotices()
    for (source, state) in session.sources.enumerated() {
      let input = session.inputs.inputs[source]
      // A port that is taken is not tried again.
      let isFollowed = options.isFollowing && !input.path.isService
      let new = sourceNotices[input.id, default: SourceNotices()].update(
        state, verbose: options.verbose, isFollowed: isFollowed)
      notices += new.map { session.about(source, .input($0)) }
    }
    return notices
  }

  /// Forgets what was printed of peers that are gone.
  private func forgetRemovedSources() {
    let inputs = session.inputs.inputs
    guard sourceNotices.count > inputs.count else { return }
    let present = Set(inputs.map(\.id))
    sourceNotices = sourceNotices.filter { present.contains($0.key) }
    printedRejectedLines = printedRejectedLines.filter { present.contains($0.key) }
  }

  func printRejectedLines() {
    guard options.verbose else { return }
    for (source, input) in session.inputs.inputs.enumerated() {
      let lines = session.pipeline.rejectedLines(of: source)
      for line in lines.dropFirst(printedRejectedLines[input.id, default: 0]) {
        Diagnostics.print(input.path, .rejectedLine(line))
      }
      printedRejectedLines[input.id] = lines.count
    }
  }

  /// Prints what is to be said at the end.
  func printEnd() {
    printRejectedLines()
    printNotices()
    printSummary()
  }

  /// Prints what happened to the logs, which may include parts that were not read.
  private func printSummary() {
    // Text sums up listeners by itself.
    for state in session.sources where sumsUp || state.listener == nil {
      if let notice = SourceNotices.summary(state, verbose: options.verbose) {
        Diagnostics.print(state.path, .input(notice))
      }
    }
  }

  private func printNotices() {
    guard options.verbose else { return }
    for notice in session.pipeline.notices {
      Diagnostics.print(session.inputs.title, notice)
    }
    guard sumsUp else { return }
    let summaries = session.pipeline.summaries
    let (places, more) = summaries.listed
    for place in places { Diagnostics.print(summaries[place].path, .source(summaries[place])) }
    if let more { Diagnostics.print(session.inputs.title, more) }
  }
}
