import AccessLog
import SafeText

extension InputNotice {
  /// The notice as a human-readable message, without the name of the log.
  ///
  /// - Parameter number: formats a number.
  func text(number: (Int) -> String) -> String {
    switch self {
    case .unreadable(let failure): failure.message
    case .retrying(let failure): "\(failure.reason); trying again"
    case .reopened(let code, let offset):
      "\(InputFailure.system(code: code).reason), reopened at byte \(offset)"
    case .watchUnavailable(let code):
      "file change notifications are unavailable (\(InputFailure.system(code: code).reason)), "
        + "checking the log four times a second"
    case .tailTruncated: "the requested last lines are more than can be kept; starting with fewer"
    case .sameFile(let other):
      "the same file as \(SafeString(other.bytes).text), which is read once"
    case .sameBytes(let other):
      "holds the same bytes as \(SafeString(other.bytes).text): its lines count twice"
    case .compressedCopy(let other):
      "a compressed copy of \(SafeString(other.bytes).text), which is read instead"
    case .leftOut(let failure): "\(failure.reason); this part of the history is left out"
    case .notFollowed(let method):
      "is \(method.rawValue)-compressed: it is read once and not followed"
    case .lostMessages, .closedConnection, .tooManyPeers, .openToOthers, .namedTwice,
      .received, .interrupted, .resumed, .positionNotKept,
      .removedMessages:
      listenerText(number)
    case .unreadFiles(let count): Self.unread(count, number)
    case .checkpointUnfit:
      "the place where the last run stopped is gone: reading it from the beginning; "
        + "what was rotated away since is missing"
    case .replacedWhileRead:
      "was replaced while it was read; the figures are those of the old file"
    case .removedWhileRead: "was removed while it was read, but was read to its end"
    case .rotated: "rotated, reading the new file too"
    case .truncated: "truncated, reading it from the beginning"
    case .truncations(let count):
      "truncated and read from the beginning: " + Wording.count(count, "time", number: number)
    case .replacedByCopy: "replaced by a copy of itself, continuing after what was already read"
    case .waiting: "waiting for it to appear"
    case .following: "following it"
    case .history(let history): Self.text(history, number)
    }
  }

  private static func unread(_ count: Int, _ number: (Int) -> String) -> String {
    Wording.count(count, "rotated file", number: number) + " disappeared unread"
  }

  /// Lists what happened to the log: `3 rotations, 1 truncation`.
  private static func text(_ history: InputHistory, _ number: (Int) -> String) -> String {
    func part(_ count: Int, _ noun: String) -> String? {
      count > 0 ? Wording.count(count, noun, number: number) : nil
    }
    let parts = [
      part(history.rotations, "rotation"), part(history.truncations, "truncation"),
      part(history.replacements, "replacement").map { $0 + " by a copy of itself" },
      history.unreadFiles > 0 ? unread(history.unreadFiles, number) : nil,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }
}
