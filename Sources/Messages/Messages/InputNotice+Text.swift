import AccessLog

extension InputNotice {
  /// The notice as a human-readable message, without the name of the log.
  ///
  /// - Parameter number: formats a number.
  func text(number: (Int) -> String) -> String {
    switch self {
    case .unreadable(let failure): failure.message
    case .retrying(let failure): "\(failure.reason); trying again"
    case .reopened(let code, let offset):
      "\(InputFailure.system(code: code).reason), opened again at byte \(offset)"
    case .watchUnavailable(let code):
      "changes are not notified (\(InputFailure.system(code: code).reason)), "
        + "looking four times a second"
    case .tailTruncated: "the last lines are more than can be kept, beginning with fewer"
    case .unreadFiles(let count): Self.unread(count, number)
    case .replacedWhileRead:
      "was replaced while it was read; the figures are those of the old file"
    case .removedWhileRead: "was removed while it was read; it was read to its end all the same"
    case .rotated: "rotated, reading the new file too"
    case .truncated: "truncated, reading it anew"
    case .truncations(let count):
      "truncated and read anew: " + Wording.count(count, "time", number: number)
    case .replacedByCopy: "replaced by a copy of itself, reading on behind what was read"
    case .waiting: "waiting for it to appear"
    case .following: "following it"
    case .history(let history): Self.text(history, number)
    }
  }

  private static func unread(_ count: Int, _ number: (Int) -> String) -> String {
    Wording.count(count, "rotated file", number: number) + " came and went unread"
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
