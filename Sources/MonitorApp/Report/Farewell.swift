import AccessLog

/// What is said on the normal screen at the end, and how the program exits.
struct Farewell: Equatable {
  var notices: [Notice]
  var status: Int32
}

extension Farewell {
  /// - Parameters:
  ///   - session: has ended.
  ///   - failure: why the log could not be read any further.
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
    if options.verbose, pipeline.rejected.total > 0 {
      notices.append(.rejected(pipeline.rejected))
    }
    status = session.exitStatus(failOnAlert: options.failOnAlert)
  }
}
