import AccessLog
import SafeText

/// How a history is doing.
package struct HistoryState: Equatable, Sendable {
  /// The second up to which everything that was added is saved: that of the latest alert, or the last of
  /// the latest minute; `nil` before anything is.
  package var lastSaved: EpochSecond?
  /// The number of alerts and minutes that wait to be saved.
  package var waiting = 0
  /// The number of alerts and minutes that had no room to wait, and are lost.
  package var dropped = 0
  /// Why what waits could not be saved so far; `nil` if it could.
  package var failure: String?
  /// Whether the file is only read, because a newer version of the program has written it.
  package var isReadOnly = false

  /// What is wrong, for people: `history not saved: No space left on device`; `nil` if nothing is.
  package var problem: String? {
    if let failure { return "history not saved: \(failure)" }
    if dropped > 0 { return "history not saved: \(dropped) alerts and minutes had no room to wait" }
    if isReadOnly { return "history " + HistoryNotice.newer.text.text }
    return nil
  }
}

/// Something that has happened to a history, to be said once.
package enum HistoryNotice: Equatable, Sendable {
  /// The file was damaged, and kept under that name; a new one has begun.
  case damaged(keptAs: String)
  /// The file was removed, renamed or replaced; another one is used from now on.
  case gone
  /// A newer version of the program has written the file: it is read only.
  case newer
  /// A checkpoint was kept aside.
  case rejected(source: Name, reason: String)
  /// Something was lost, and positions are not saved any more: a run that resumed behind it would lose it for
  /// good.
  case incomplete

  package var text: SafeString {
    switch self {
    case .damaged(let name):
      SafeString("was damaged; it is kept as \(name), and a new history begins")
    case .gone: SafeString("was removed or replaced; a new history begins")
    case .newer: SafeString("was written by a newer version: it is shown, and nothing is saved")
    case .rejected(let source, let reason):
      SafeString(
        Array("the saved position in ".utf8) + source.bytes + Array(" is not used: \(reason)".utf8))
    case .incomplete:
      SafeString("lacks alerts or minutes; positions in logs are not saved until the next start")
    }
  }
}

/// What had not been saved at the end.
package struct UnsavedHistory: Equatable, Sendable {
  /// The number of alerts and minutes; 0 if only positions in logs are not saved.
  package var count: Int
  /// Why; `nil` if there was too little time.
  package var reason: String?

  package var text: String {
    let what =
      switch count {
      case 0: "the positions in logs are"
      case 1: "1 alert or minute is"
      default: "\(count) alerts and minutes are"
      }
    return "\(what) not saved: " + (reason ?? "too little time at the end")
  }
}
