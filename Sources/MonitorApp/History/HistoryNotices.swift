import AccessLog
import History
import Messages

/// Prints notices about a history, each once.
final class HistoryNotices {
  let store: HistoryStore
  /// The path as the user wrote it.
  let name: String
  private let isVerbose: Bool
  private var lastProblem: String?
  private var lastSaved: EpochSecond?

  /// - Parameter isVerbose: whether to print how far everything is saved too.
  init(_ store: HistoryStore, name: String, isVerbose: Bool = false) {
    self.store = store
    self.name = name
    self.isVerbose = isVerbose
  }

  /// Prints what has happened since the last call.
  func print() {
    for notice in store.drainNotices() { Diagnostics.print(name, notice.text.text) }
    let state = store.state
    // A notice has reported that it is only read.
    let problem = state.isReadOnly ? nil : state.problem
    if let problem, problem != lastProblem { Diagnostics.print(name, problem) }
    lastProblem = problem ?? (state.waiting == 0 ? nil : lastProblem)
    guard isVerbose, let saved = state.lastSaved, saved != lastSaved else { return }
    lastSaved = saved
    Diagnostics.print(name, "saved up to \(saved.iso8601)")
  }
}
