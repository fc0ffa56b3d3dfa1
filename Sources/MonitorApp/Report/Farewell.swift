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
  ///   - failure: why reading the log failed, if it did.
  @MainActor
  init(_ session: Session, _ failure: InputFailure?, _ options: Options) {
    guard failure == nil else {
      (notices, status) = (failure.map { [.input(.unreadable($0))] } ?? [], 1)
      return
    }
    notices = []
    if let notice = SourceNotices.summary(session.source, verbose: options.verbose) {
      notices.append(.input(notice))
    }
    let pipeline = session.pipeline
    if let unmatched = pipeline.unmatched {
      notices.append(.unknownFormat(unmatched))
    }
    if options.verbose { notices.append(.source(pipeline.summary)) }
    status = session.exitStatus(failOnAlert: options.failOnAlert)
  }
}
