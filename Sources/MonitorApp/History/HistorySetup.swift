import AccessLog
import EventOutput
import Glibc
import History
import TrafficAnalysis

/// Opens the history that the options name, and closes it.
enum HistorySetup {
  /// The rows of a ranking that are kept of a minute.
  static let rows = 50

  /// The history; `nil` if the options name none, or it cannot be written, which is printed. Exits if the file
  /// must not be used.
  static func store(_ options: Options) -> HistoryStore? {
    guard let history = options.history else { return nil }
    do throws(HistoryFailure) {
      return try HistoryStore(
        absolute(history), HistoryContext(monotonic: Clocks.monotonic, wall: Clocks.wall))
    } catch {
      switch error {
      case .refused(let reason):
        Diagnostics.print(history, reason)
        exit(1)
      case .unavailable(let reason):
        Diagnostics.print(history, "\(reason); nothing is kept")
        return nil
      }
    }
  }

  /// The history as a run continues and writes it; `nil` as for `store`.
  ///
  /// - Throws: if the file is one of the logs.
  @MainActor
  static func run(_ options: Options) throws(UsageError) -> HistoryRun? {
    try options.checkHistoryIsNoLog()
    return store(options).map { HistoryRun($0, follows: options.isFollowing) }
  }

  /// The path from the root.
  static func absolute(_ path: String) -> String {
    String(decoding: Name(path).absolute.bytes, as: UTF8.self)
  }

  /// Hands alerts and minutes to the history.
  ///
  /// - Parameter waits: whether to wait while much is to be saved.
  static func action(
    _ store: HistoryStore, _ options: Options, _ inputs: InputSet, waits: Bool
  ) -> HistoryAction {
    HistoryAction(store, waits: waits, reading: reading(options, inputs))
  }

  /// How much of a minute a run reads.
  static func reading(
    _ options: Options, _ inputs: InputSet
  ) -> (IntervalReport) -> MinuteReading {
    let continuation = inputs.continuation
    // Only what comes after the end of the log is read, or what a pipe brings from now on, or another log
    // has taken the place of the one that was read: a minute may have begun before.
    let isRest =
      options.tail == 0
      || options.isFollowing && !(inputs.streams.isEmpty && inputs.listeners.isEmpty)
      || continuation.isAllNew && continuation.unfit.count == inputs.inputs.count
    let reading: MinuteReading =
      if continuation.closedThrough == nil {
        isRest ? .rest : .whole
      } else if continuation.beginsBehindOpenSeconds {
        .rest
      } else {
        readsAgain(options, inputs) ? .again : .continued
      }
    return { _ in reading }
  }

  /// Whether the run reads the minute and the interval again in which the earlier one was stopped, and
  /// counts the same of them.
  static func readsAgain(_ options: Options, _ inputs: InputSet) -> Bool {
    let isRestricted = options.range.since != nil || options.range.until != nil
    let lengths = [60, options.analysis.statsInterval]
    return !isRestricted && inputs.continuation.readsAgain(intervalsOf: lengths)
  }

  /// Saves the rest, for two seconds at most, and prints what went wrong.
  ///
  /// - Returns: the exit status: the one given, or 1 if the history lacks something.
  static func finish(_ notices: HistoryNotices?, status: Int32 = 0) -> Int32 {
    guard let notices else { return status }
    let unsaved = notices.store.finish()
    notices.print()
    if let unsaved { Diagnostics.print(notices.name, unsaved.text) }
    return unsaved == nil ? status : max(status, 1)
  }
}
