/// Something the user must know about how a log is read.
package enum InputNotice: Equatable, Sendable {
  // Errors.

  /// The log cannot be read any further.
  case unreadable(InputFailure)
  /// The log cannot be read at the moment; reading is retried.
  case retrying(InputFailure)
  /// The file was reopened at an offset in bytes after an error with the errno `code`.
  case reopened(code: Int32, offset: Int64)
  /// File change notifications are unavailable; `code` is the errno.
  case watchUnavailable(code: Int32)
  /// The requested last lines of a stream exceed what can be kept in memory.
  case tailTruncated
  /// The same file is read under another name already.
  case sameFile(as: Name)
  /// The file holds the same bytes as another one that is read too.
  case sameBytes(as: Name)
  /// The file is a compressed copy of one that is read, and is left out.
  case compressedCopy(of: Name)
  /// A generation of the log cannot be opened, and is left out.
  case leftOut(InputFailure)
  /// The file is compressed: it is read once, and not followed.
  case notFollowed(Compression)
  /// The number of rotated files that appeared and disappeared between two checks.
  case unreadFiles(Int)

  /// The place where an earlier run stopped is gone: no file begins with what was read then.
  case checkpointUnfit

  // Listeners.

  /// Messages were dropped because they came faster than they were read: by the kernel, or here.
  case lostMessages(byKernel: Int, here: Int)
  /// A connection was closed because of what it brought; so were others since the last such notice.
  case closedConnection(peer: Name, FramingFault, others: Int)
  /// There are too many peers or connections: those that are silent for longest are given up.
  case tooManyPeers
  /// The listener is named more than once.
  case namedTwice
  /// Others than this machine can send messages.
  case openToOthers
  /// What it receives from cannot be reached. The reason may come from there.
  case interrupted(reason: Name)
  /// What it receives from can be reached again.
  case resumed
  /// The position up to which it was read could not be kept: a later run reads some of it again.
  case positionNotKept
  /// So many messages were removed at the other end after an earlier run and before this one.
  case removedMessages(Int)
  /// All that a listener has received.
  case received(ListenerFigures)

  // Changes of the file.

  /// The file was read to its end, but another file has taken its name since.
  case replacedWhileRead
  /// The file was read to its end, but no file has its name any more.
  case removedWhileRead
  /// A new file has the name now; the old one was read to its end.
  case rotated
  /// The file was truncated and is read from its start again.
  case truncated
  /// The number of times the file was truncated.
  case truncations(Int)
  /// The file was replaced or overwritten by a copy of itself.
  case replacedByCopy
  /// No file has the name at the moment.
  case waiting
  /// A file with the name has appeared and is followed.
  case following
  /// All changes of the log since the start, in total.
  case history(InputHistory)
}

/// How often a followed log was rotated, truncated or replaced.
package struct InputHistory: Equatable, Sendable {
  package var rotations: Int
  package var truncations: Int
  /// How often a file was replaced by a copy of itself.
  package var replacements: Int
  /// Rotated files that disappeared before they could be read.
  package var unreadFiles: Int

  package init(rotations: Int, truncations: Int, replacements: Int, unreadFiles: Int) {
    self.rotations = rotations
    self.truncations = truncations
    self.replacements = replacements
    self.unreadFiles = unreadFiles
  }
}
