// Files beside the log that had its name, or are copies of it, between two looks.

extension FollowedFile {
  /// What files beside the log are looked for after.
  enum Occasion {
    case succession(by: OpenFile)
    /// No file has the name now.
    case absence
    /// The newest file was cut short; its copy may be among them.
    case truncation
  }

  /// What was found beside the log.
  struct Found {
    /// Opened now, oldest first.
    var adopted: [Generation] = []
    var siblings: [Sibling] = []
    /// The names of those that had the log's name, as far as that is known: copies never had it.
    var former: Set<[UInt8]> = []
    /// How many of those opened had the name.
    var counted = 0
  }

  /// Opens the files beside the log that came after `newest`.
  func adopt(after newest: Generation?, _ occasion: Occasion, now: Double) -> Found {
    var isTruncation = false
    if case .truncation = occasion { isTruncation = true }
    var found = Found()
    var opened: [(file: OpenFile, hadName: Bool?)] = []
    for _ in 0..<8 {
      let former = watch?.formerNames(of: path)
      found.former = former?.names ?? []
      found.siblings = siblings.find()
      let between = found.siblings.filter {
        isBetween($0, newest, occasion) && !(isTruncation && found.former.contains($0.name))
      }
      opened = between.compactMap { sibling in
        guard let file = try? OpenFile(path: sibling.path, calls: calls),
          file.status.identity == sibling.status.identity
        else { return nil }
        return (file, former?.names.contains(sibling.name))
      }
      found.counted = opened.filter { $0.hadName ?? true }.count
      // Renamed in the meantime: look again.
      if opened.count == between.count, former?.serial == watch?.formerNames(of: path)?.serial {
        break
      }
    }
    found.adopted = opened.compactMap { file, hadName in
      guard isTruncation else { return generation(file, after: newest, hadName, now: now) }
      return copy(file, of: newest, isCertain: hadName == false, now: now)
    }
    return found
  }

  private func isBetween(_ sibling: Sibling, _ newest: Generation?, _ occasion: Occasion) -> Bool {
    let identity = sibling.status.identity
    guard !known.contains(identity),
      !generations.contains(where: { $0.file.status.identity == identity }),
      !left.contains(where: { $0.identity == identity })
    else { return false }
    if case .succession(let file) = occasion {
      guard identity != file.status.identity, sibling.status.begun <= file.status.begun else {
        return false
      }
    }
    guard let newest else { return true }
    // An older one that was unpacked or restored keeps its old time.
    return sibling.status.begun >= newest.file.status.begun
      && sibling.status.modified >= newest.file.status.identity.birth
  }

  /// A file that came after `newest`, unless it is a copy of what was read of that. Where it is not
  /// known whether it had the name, one that is shorter is none: new logs may begin alike.
  private func generation(
    _ file: OpenFile, after newest: Generation?, _ hadName: Bool?, now: Double
  ) -> Generation? {
    if let newest, hadName != true, isCopy(file, of: newest, mayBeShorter: hadName == false) {
      return nil
    }
    return Generation(file, now: now)
  }

  /// The rest of a copy of `newest`; or all of it where that was cut short several times meanwhile.
  ///
  /// - Parameter isCertain: no file that had the log's name is among those that are opened. Otherwise
  ///   it may be one, with writers.
  private func copy(
    _ file: OpenFile, of newest: Generation?, isCertain: Bool, now: Double
  ) -> Generation? {
    guard let newest, isCopy(file, of: newest, mayBeShorter: true) else {
      return Generation(file, now: now, isCopy: isCertain)
    }
    let rest = Generation(file, now: now, isCopy: true)
    guard (try? file.currentStatus().size >= newest.offset) == true,
      (try? rest.start(at: newest.offset)) != nil
    else { return nil }
    rest.endsInsideLine = newest.endsInsideLine
    rest.isAnnounced = true
    return rest
  }

  /// Whether a file begins with what was read of `newest`, as far as it reaches.
  private func isCopy(_ file: OpenFile, of newest: Generation, mayBeShorter: Bool) -> Bool {
    guard newest.offset > 0, let size = try? file.currentStatus().size else { return false }
    if size < newest.offset {
      guard mayBeShorter else { return false }
      let head = newest.head.prefix(Int(size))
      return !head.isEmpty && (try? file.bytes(head.count, at: 0))?.elementsEqual(head) == true
    }
    let length = newest.before.count
    return (try? file.bytes(length, at: newest.offset - Int64(length))) == newest.before
  }
}
