// Siblings that had the log's path between two checks.

extension FollowedFile {
  /// The reason for a search for siblings.
  enum SearchReason {
    /// The path leads to another file.
    case succession(by: OpenFile)
    /// The path leads to no file.
    case absence
  }

  /// The result of a search for siblings.
  struct Found {
    /// The new siblings, oldest first, and whether each had the log's path, if that is known.
    var opened: [(file: OpenFile, hadPath: Bool?)] = []
    /// The new siblings that must be read.
    var adopted: [LogFile] = []
    /// All siblings.
    var siblings: [Sibling] = []
    /// The names of the siblings that had the log's path, as far as known. Copies never had it.
    var former: Set<[UInt8]> = []
    /// Whether the newest file is among the siblings, because a rotation has renamed it.
    var hasNewest = false
    /// The newest adopted sibling that begins with what was read of the newest file, if that is not
    /// among the siblings: it replaced that file, or is a copy of it.
    var copy: LogFile?
    /// The number of new siblings that had the log's path.
    var counted: Int { opened.filter { $0.hadPath ?? true }.count }
  }

  /// Opens the siblings that were created after `newest` and had the log's path.
  func adopt(after newest: LogFile?, _ occasion: SearchReason, now: Double) -> Found {
    var found = openSiblings(after: newest) { sibling in
      guard case .succession(let file) = occasion else { return true }
      return sibling.status.identity != file.status.identity
        && sibling.status.created <= file.status.created
    }
    found.hasNewest = found.siblings.contains {
      $0.status.identity == newest?.file.status.identity
    }
    // A file that a rotation has renamed was not replaced by a copy, even if a new log happens to
    // begin with the same bytes.
    let wasReplaced = !found.hasNewest || newest?.former != nil
    let former = wasReplaced ? newest.flatMap { FormerFile($0, isSameFile: false) } : nil
    for (file, hadPath) in found.opened {
      let isBehind = former?.isBeginning(of: file) == true
      // A file that never had the path is a copy of a former content of the log.
      let logFile = LogFile(file, now: now, isCopy: hadPath == false && !isBehind)
      if hadPath == false, (try? logFile.hasBytes) == false { continue }
      if isBehind {
        // The file contains everything that an older copy contains.
        found.adopted.removeAll { $0 === found.copy }
        found.copy = logFile
      } else if let newest, hadPath != true,
        newest.expectedParts.contains(where: {
          isCopy(file, of: $0, mayBeShorter: hadPath == false)
        })
      {
        // If it is unknown whether the file had the path, a shorter one does not count as a copy,
        // because new logs may begin with the same bytes.
        continue
      }
      found.adopted.append(logFile)
    }
    return found
  }

  /// Opens the siblings that were created after `newest`.
  private func openSiblings(
    after newest: LogFile?, where isWanted: (Sibling) -> Bool
  ) -> Found {
    var found = Found()
    for _ in 0..<8 {
      let former = watch?.formerNames(of: path)
      found.former = former?.names ?? []
      found.siblings = siblings.find()
      let wanted = found.siblings.filter { isNew($0, since: newest) && isWanted($0) }
      found.opened = wanted.compactMap { sibling in
        guard let file = try? OpenFile(path: sibling.path, calls: calls),
          file.status.identity == sibling.status.identity
        else { return nil }
        return (file, former?.names.contains(sibling.name))
      }
      // If files were renamed meanwhile, search again.
      if found.opened.count == wanted.count,
        former?.serial == watch?.formerNames(of: path)?.serial
      {
        break
      }
    }
    return found
  }

  /// Whether a sibling was created after `newest` and was neither read nor ignored.
  func isNew(_ sibling: Sibling, since newest: LogFile?) -> Bool {
    let identity = sibling.status.identity
    guard !ignoredSiblings.contains(identity),
      !logFiles.contains(where: { $0.file.status.identity == identity }),
      !closedFiles.contains(where: { $0.identity == identity })
    else { return false }
    guard let newest else { return true }
    // An old file that was unpacked or restored keeps its modification time.
    return sibling.status.created >= newest.file.status.created
      && sibling.status.modified >= newest.file.status.identity.birth
  }

  /// Whether a file begins with the part of another file that was read.
  ///
  /// - Parameter mayBeShorter: whether it suffices that both agree up to the end of the shorter
  ///   one.
  func isCopy(_ file: OpenFile, of part: ReadPart, mayBeShorter: Bool) -> Bool {
    switch try? part.agreement(with: file) {
    case .whole: true
    case .upToItsEnd: mayBeShorter && (try? file.currentStatus().size) != 0
    case .some(.none), nil: false
    }
  }
}
