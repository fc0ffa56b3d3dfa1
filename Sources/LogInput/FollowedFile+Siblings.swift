// Files beside the log that had its name between two looks.

extension FollowedFile {
  /// What files beside the log are looked for after.
  enum Occasion {
    case succession(by: OpenFile)
    /// No file has the name now.
    case absence
  }

  /// What was found beside the log.
  struct Found {
    /// Opened now, oldest first.
    var opened: [(file: OpenFile, hadName: Bool?)] = []
    /// Those of them that are read.
    var adopted: [Generation] = []
    var siblings: [Sibling] = []
    /// The names of those that had the log's name, as far as that is known: copies never had it.
    var former: Set<[UInt8]> = []
    /// The newest file is among the siblings: a rotation has renamed it.
    var hasNewest = false
    /// The youngest of those adopted that begins with what was read of the newest file, which has no
    /// such name: it replaced that file, or was copied from it.
    var copy: Generation?
    /// How many of those opened had the name.
    var counted: Int { opened.filter { $0.hadName ?? true }.count }
  }

  /// Opens the files beside the log that came after `newest` and had its name.
  func adopt(after newest: Generation?, _ occasion: Occasion, now: Double) -> Found {
    var found = openSiblings(after: newest) { sibling in
      guard case .succession(let file) = occasion else { return true }
      return sibling.status.identity != file.status.identity
        && sibling.status.begun <= file.status.begun
    }
    found.hasNewest = found.siblings.contains {
      $0.status.identity == newest?.file.status.identity
    }
    // One that a rotation has renamed is not replaced, even where a new log happens to begin alike.
    let wasReplaced = !found.hasNewest || newest?.former != nil
    let former = wasReplaced ? newest.flatMap { FormerFile($0, isSameFile: false) } : nil
    for (file, hadName) in found.opened {
      let isBehind = former?.isBeginning(of: file) == true
      // What never had the name is a copy of something that the log held once.
      let generation = Generation(file, now: now, isCopy: hadName == false && !isBehind)
      if hadName == false, (try? generation.hasBytes) == false { continue }
      if isBehind {
        // It holds all that an older copy does.
        found.adopted.removeAll { $0 === found.copy }
        found.copy = generation
      } else if let newest, hadName != true,
        newest.expectedParts.contains(where: {
          isCopy(file, of: $0, mayBeShorter: hadName == false)
        })
      {
        // Where it is not known whether it had the name, one that is shorter is no copy: new logs
        // may begin alike.
        continue
      }
      found.adopted.append(generation)
    }
    return found
  }

  /// Opens the files beside the log that came after `newest`.
  private func openSiblings(
    after newest: Generation?, where isWanted: (Sibling) -> Bool
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
      // Renamed in the meantime: look again.
      if found.opened.count == wanted.count,
        former?.serial == watch?.formerNames(of: path)?.serial
      {
        break
      }
    }
    return found
  }

  /// Whether a file came after `newest` and was neither read nor set aside.
  func isNew(_ sibling: Sibling, since newest: Generation?) -> Bool {
    let identity = sibling.status.identity
    guard !known.contains(identity),
      !generations.contains(where: { $0.file.status.identity == identity }),
      !left.contains(where: { $0.identity == identity })
    else { return false }
    guard let newest else { return true }
    // An older one that was unpacked or restored keeps its old time.
    return sibling.status.begun >= newest.file.status.begun
      && sibling.status.modified >= newest.file.status.identity.birth
  }

  /// Whether a file begins with what was read of another, as far as it reaches.
  func isCopy(_ file: OpenFile, of part: ReadPart, mayBeShorter: Bool) -> Bool {
    switch try? part.agreement(with: file) {
    case .whole: true
    case .upToItsEnd: mayBeShorter && (try? file.currentStatus().size) != 0
    case .some(.none), nil: false
    }
  }
}
