/// Something that a person must know about how a log is read.
package enum InputNotice: Equatable, Sendable {
  // What went wrong.

  /// The log cannot be read any further.
  case unreadable(InputFailure)
  /// The log cannot be read for the moment; it is tried again.
  case retrying(InputFailure)
  /// The file was opened again at an offset in bytes, after an error with this errno.
  case reopened(code: Int32, offset: Int64)
  /// The system does not notify of changes, for the reason with this errno.
  case notNotified(code: Int32)
  /// The last lines of a stream are more than can be kept.
  case tailCutShort
  /// So many rotated files came and went between two looks.
  case unreadFiles(Int)

  // What became of the file.

  /// Read to its end, and another file has its name by now.
  case replacedWhileRead
  /// Read to its end, and no file has its name any more.
  case removedWhileRead
  case rotated
  case truncated
  /// So often the file was cut short and begun again.
  case truncations(Int)
  /// A copy of the file took its place, or was written over it.
  case replacedByCopy
  /// No file has the name yet, or for the moment.
  case waiting
  /// The file is there, or there again.
  case following
  /// What became of the log in all.
  case history(InputHistory)
}

/// How often files took the place of each other while a log was followed.
package struct InputHistory: Equatable, Sendable {
  package var rotations: Int
  package var truncations: Int
  /// Replacements of a file by a copy of itself.
  package var replacements: Int
  /// Rotated files that came and went unread.
  package var unreadFiles: Int

  package init(rotations: Int, truncations: Int, replacements: Int, unreadFiles: Int) {
    self.rotations = rotations
    self.truncations = truncations
    self.replacements = replacements
    self.unreadFiles = unreadFiles
  }
}
