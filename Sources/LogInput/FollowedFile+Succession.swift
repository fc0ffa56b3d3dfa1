import Glibc

// What the name stands for, and what becomes of the files that it stood for.

extension FollowedFile {
  /// Looks what the name stands for now; true where a file is there that was not followed before.
  func look(_ now: Double) -> Bool {
    do throws(SystemError) {
      let status = try calls.statusOf(pathBytes)
      isAbsent = false
      if let refusal = status.refusal ?? status.streamRefusal {
        lookTrouble = refusal.reason
        return false
      }
      if status.identity == generations.last?.file.status.identity {
        lookTrouble = nil
        settle()
        return false
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
      if error.code == EMFILE || error.code == ENFILE { letGo() }
      if !error.isAbsence { retryAt = now + Self.retryInterval }
      return false
    }
  }

  /// The name stands for another file now.
  private func succeed(with file: OpenFile, now: Double) {
    let newest = generations.last
    watch?.absorb()
    let (adopted, found) = adopt(after: newest, before: file, now: now)
    countMissed(after: newest, found: adopted.count + 1)
    if let newest {
      rotations += 1 + adopted.count
      newest.supersededAt = now
    }
    for generation in adopted {
      generation.supersededAt = now
      generations.append(generation)
    }
    known = Set(found.filter { $0.status.begun <= file.status.begun }.map(\.status.identity))
    if let index = generations.firstIndex(where: { $0.file.status.identity == file.status.identity }
    ) {
      // A link, or a name, was turned back.
      let again = generations.remove(at: index)
      again.supersededAt = nil
      again.isAnnounced = again.endsInsideLine
      generations.append(again)
    } else {
      generations.append(generation(of: file, now: now))
    }
  }

  /// Counts the files that had the name since `newest` and were not among those found.
  private func countMissed(after newest: Generation?, found: Int) {
    if let appearances = watch?.takeAppearances(of: path) {
      unseen += appearances - found
      missedGenerations += max(0, unseen)
      unseen = min(0, unseen)
    } else if found > 1, let newest, (try? newest.file.currentStatus())?.links == 0 {
      // The one before the first that was found is deleted: others may have been, between the two.
      missedGenerations += 1
    }
  }

  /// The name stands for the file that is read: nothing is left to be accounted for.
  private func settle() {
    guard let watch else { return }
    if unseen != 0 { watch.absorb() }
    _ = watch.takeAppearances(of: path)
    unseen = 0
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
    defer { generation.restart(now: now) }
    guard generation === generations.last else { return }
    let (copies, found) = adopt(after: generation, before: nil, now: now)
    known.formUnion(found.map(\.status.identity))
    for copy in copies { copy.supersededAt = now }
    generations.insert(contentsOf: copies, at: index)
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
  /// Opens the files beside the log that came between `newest` and `file`, oldest first; without a
  /// `file` the newest one was truncated, and its copy may be among them. Also gives all that is
  /// there.
  private func adopt(
    after newest: Generation?, before file: OpenFile?, now: Double
  ) -> (adopted: [Generation], found: [Sibling]) {
    for _ in 0..<8 {
      let found = siblings.find()
      let between = found.filter { isBetween($0, newest, file) }
      let opened = between.compactMap { sibling -> OpenFile? in
        let file = try? OpenFile(path: sibling.path, calls: calls)
        return file?.status.identity == sibling.status.identity ? file : nil
      }
      // Renamed in the meantime: look again.
      guard opened.count == between.count else { continue }
      return (opened.compactMap { generation(from: $0, after: newest, file == nil, now) }, found)
    }
    return ([], siblings.find())
  }

  private func isBetween(_ sibling: Sibling, _ newest: Generation?, _ file: OpenFile?) -> Bool {
    let identity = sibling.status.identity
    guard !known.contains(identity), identity != file?.status.identity,
      !generations.contains(where: { $0.file.status.identity == identity }),
      !left.contains(where: { $0.identity == identity })
    else { return false }
    if let file, sibling.status.begun > file.status.begun { return false }
    guard let newest else { return true }
    // An older one that was unpacked or restored keeps its old time.
    return sibling.status.begun >= newest.file.status.begun
      && sibling.status.modified >= newest.file.status.identity.birth
  }

  /// What is to be read of a file that came after `newest`: all of it, unless it is a copy of that.
  private func generation(
    from file: OpenFile, after newest: Generation?, _ isTruncated: Bool, _ now: Double
  ) -> Generation? {
    let generation = Generation(file, now: now, isCopy: isTruncated)
    guard let newest, newest.offset > 0, let size = try? file.currentStatus().size else {
      return generation
    }
    if size < newest.offset {
      let head = newest.head.prefix(Int(size))
      let same = (try? file.bytes(head.count, at: 0))?.elementsEqual(head) ?? false
      return same && !head.isEmpty ? nil : generation
    }
    let length = newest.before.count
    guard (try? file.bytes(length, at: newest.offset - Int64(length))) == newest.before else {
      return generation
    }
    guard isTruncated, (try? generation.start(at: newest.offset)) != nil else { return nil }
    generation.endsInsideLine = newest.endsInsideLine
    generation.isAnnounced = true
    return generation
  }
}
