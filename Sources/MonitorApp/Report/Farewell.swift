import AccessLog
import EventOutput

/// The messages on the normal screen after the dashboard, and the exit status.
struct Farewell: Equatable {
  var notices: [Notice]
  var status: Int32
  /// Why an action failed. It takes the place of the notices and of the status.
  var outputFailure: OutputFailure?
}

extension Farewell {
  /// - Parameters:
  ///   - session: a session that has ended.
  @MainActor
  init(_ session: Session, _ options: Options) {
    notices = session.failures.sorted { $0.key < $1.key }.map { source, failure in
      session.about(source, .input(.unreadable(failure)))
    }
    guard !session.hasNothingToRead else {
      status = 1
      return
    }
    let pipeline = session.pipeline
    let summaries = pipeline.summaries
    let (places, more) = summaries.listed
    let listed = Set(places)
    var unmatchedPeers = 0
    for (source, state) in session.sources.enumerated() {
      var own: [Notice] = []
      if let notice = SourceNotices.summary(state, verbose: options.verbose) {
        own.append(.input(notice))
      }
      if let unmatched = pipeline.unmatched(of: source) {
        if state.isPeer { unmatchedPeers += 1 } else { own.append(.unknownFormat(unmatched)) }
      }
      if options.verbose, listed.contains(source) { own.append(.source(summaries[source])) }
      notices += own.map { session.about(source, $0) }
    }
    if unmatchedPeers > 0 { notices.append(.unmatchedPeers(unmatchedPeers)) }
    if options.verbose, let more { notices.append(more) }
    status = session.exitStatus(failOnAlert: options.failOnAlert)
  }
}
