import AccessLog

/// The state of a pipeline in brief: equal revisions have equal snapshots.
package struct Revision: Equatable, Sendable {
  var lines: Int
  var closed: EpochSecond?
  var setAside: Int
  var formats: [String?]
  var wrappers: [[Wrapper]]
  var undecided: Int
  /// The source that is shown alone.
  var shownSource: Int?
  var matchChanges: Int
  var wasAtEnd: Bool
  var isFinished: Bool
}
