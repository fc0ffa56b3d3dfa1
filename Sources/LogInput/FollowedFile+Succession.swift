import Glibc

// What the name stands for, and what becomes of the files that it stood for.

extension FollowedFile {
  /// Looks what the name stands for now; true where a file is there that was not followed before, or
  /// may be there already.
  func look(_ now: Double) -> Bool {
    let serial = watch?.serial(of: path)
    do throws(SystemError) {
      let status = try calls.statusOf(pathBytes)
      isAbsent = false
      if let refusal = status.refusal ?? status.streamRefusal {
        lookTrouble = refusal.reason
        return false
      }
      if status.identity == generations.last?.file.status.identity {
        lookTrouble = nil
        generations.last?.supersededAt = nil
        return !settle(since: serial)
      }
      guard now >= retryAt else { return false }
      let file = try OpenFile(path: pathBytes, calls: calls)
      lookTrouble = nil
      guard file.status.identity != generations.last?.file.status.identity else { return false }
      succeed(with: file, now: now)
      return true
    } catch {
      isAbsent = error.isAbsence
      lookTrouble = error.isAbsence ? nil : error.reason
      if error.isAbsence { return recoverAbsent(since: serial, now: now) }
      if error.code == EMFILE || error.code == ENFILE { letGo() }
      retryAt = now + Self.retryInterval
      return false
    }
  }

  /// The name stands for another file now.
  private func succeed(with file: OpenFile, now: Double) {
    let newest = generations.last
    let found = adopt(after: newest, .succession(by: file), now: now)
    let adopted = found.adopted
    let index = generations.firstIndex { $0.file.status.identity == file.status.identity }
    // One that was renamed back is not told of as new; one that a link was turned back to is.
    let cameBack = index != nil && watch?.cameBack(path) == true
    account(after: newest, found: found.counted + (cameBack ? 0 : 1))
    if newest != nil { rotations += 1 + adopted.count }
    append(adopted, now: now)
    known = Set(
      found.siblings.filter {
        $0.status.begun <= file.status.begun || known.contains($0.status.identity)
      }.map(\.status.identity))
    if let index {
      // A link, or a name, was turned back.
      let again = generations.remove(at: index)
      again.supersededAt = nil
      again.isAnnounced = again.endsInsideLine
      generations.append(again)
    } else {
      generations.append(generation(of: file, now: now))
    }
  }

  /// Files that had the name meanwhile and have another one now, while no file has the name.
  private func recoverAbsent(since serial: Int?, now: Double) -> Bool {
    let appearances = watch?.takeAppearances(of: path)
    if let watch, let appearances {
      unseen += appearances
      guard watch.serial(of: path) == serial else { return true }
      guard unseen > 0 else { return false }
    }
    let found = adopt(after: generations.last, .absence, now: now)
    rotations += found.adopted.count
    if !found.adopted.isEmpty { append(found.adopted, now: now) }
    known.formUnion(found.siblings.map(\.status.identity))
    if appearances != nil { missedGenerations += max(0, unseen - found.counted) }
    unseen = 0
    return !found.adopted.isEmpty
  }

  private func append(_ adopted: [Generation], now: Double) {
    generations.last?.supersededAt = now
    for generation in adopted {
      generation.supersededAt = now
      generations.append(generation)
    }
  }

  /// Reckons the files that were found against those that came under the name, by notification. What
  /// is left over is judged once the name is at rest: a file may come while another one is opened.
  private func account(after newest: Generation?, found: Int) {
    watch?.absorb()
    if let appearances = watch?.takeAppearances(of: path) {
      unseen += appearances - found
      return
    }
    unseen = 0
    if found > 1, let newest, (try? newest.file.currentStatus())?.links == 0 {
      // The one before the first that was found is deleted: others may have been, between the two.
      missedGenerations += 1
    }
  }

  /// The name stands for the file that is read. Where nothing has been told since that was looked
  /// at, a file that came under the name and was not found by now is gone; otherwise false.
  private func settle(since serial: Int?) -> Bool {
    guard let watch else { return true }
    guard watch.serial(of: path) == serial else { return false }
    let appearances = watch.takeAppearances(of: path) ?? 0
    // Unless it was renamed back, the last one to come was this one itself: a link that was turned
    // back to it, or it is told of late.
    unseen += watch.cameBack(path) ? appearances : max(0, appearances - 1)
    missedGenerations += max(0, unseen)
    unseen = 0
    return true
  }

  private func generation(of file: OpenFile, now: Double) -> Generation {
    let generation = Generation(file, now: now)
    generation.isAnnounced = generations.isEmpty && left.isEmpty
    if let place = left.last(where: { $0.identity == file.status.identity }),
      let before = try? file.bytes(
        place.before.count, at: place.offset - Int64(place.before.count)), before == place.before
    {
      try? generation.start(at: place.offset)
    }
    return generation
  }

  /// The file was cut short and begun again. If it was copied before, the copy holds what was not
  /// read of it.
  func beginAgain(_ generation: Generation, at index: Int, now: Double) {
    truncations += 1
    let isNewest = generation === generations.last
    if isNewest {
      _ = adoptCopies(of: generation, at: index, now: now)
    } else if let former = watch?.formerNames(of: path)?.names {
      // A copy of it holds what was read of it; whatever was not is counted as truncated.
      known.formUnion(
        siblings.find().filter { !former.contains($0.name) }.map(\.status.identity))
    }
    generation.restart(now: now)
    generation.soughtCopy = !isNewest
  }

  /// Where nothing of a file was read yet, that it was cut short cannot be seen; but if it was copied
  /// before, there is a copy.
  func seekCopies(of generation: Generation, at index: Int, now: Double) -> Bool {
    generation.soughtCopy = true
    guard watch?.formerNames(of: path) != nil else { return false }
    guard generation === generations.last, adoptCopies(of: generation, at: index, now: now) else {
      return false
    }
    truncations += 1
    return true
  }

  private func adoptCopies(of generation: Generation, at index: Int, now: Double) -> Bool {
    let found = adopt(after: generation, .truncation, now: now)
    known.formUnion(
      found.siblings.filter { !found.former.contains($0.name) }.map(\.status.identity))
    for copy in found.adopted { copy.supersededAt = now }
    generations.insert(contentsOf: found.adopted, at: index)
    return !found.adopted.isEmpty
  }

  /// Opens the file again at the same place after an error that this may mend; false where it must be
  /// tried again later.
  func reopen(_ generation: Generation, after error: SystemError, now: Double) -> Bool {
    readTrouble = error.reason
    guard error.asksForReopening, now >= reopenAt else { return false }
    reopenAt = now + Self.retryInterval
    for path in [pathBytes, Array("/proc/self/fd/\(generation.file.descriptor)".utf8CString)] {
      guard let file = try? OpenFile(path: path, calls: calls),
        file.status.identity == generation.file.status.identity
      else { continue }
      generation.file = file
      notices.append("\(error.reason), opened again at byte \(generation.offset)")
      return true
    }
    return false
  }
}

// MARK: - Generations between two looks

extension FollowedFile {
  /// What files beside the log are looked for after.
  private enum Occasion {
    case succession(by: OpenFile)
    /// No file has the name now.
    case absence
    /// The newest file was cut short; its copy may be among them.
    case truncation
  }

  /// What was found beside the log.
  private struct Found {
    /// Opened now, oldest first.
    var adopted: [Generation] = []
    var siblings: [Sibling] = []
    /// The names of those that had the log's name, as far as that is known: copies never had it.
    var former: Set<[UInt8]> = []
    /// How many of those opened had the name.
    var counted = 0
  }

  /// Opens the files beside the log that came after `newest`.
  private func adopt(after newest: Generation?, _ occasion: Occasion, now: Double) -> Found {
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
