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
    let (adopted, found) = adopt(after: newest, .succession(by: file), now: now)
    let index = generations.firstIndex { $0.file.status.identity == file.status.identity }
    account(after: newest, found: adopted.count + 1, isKnown: index != nil)
    if newest != nil { rotations += 1 + adopted.count }
    append(adopted, now: now)
    known = Set(found.filter { $0.status.begun <= file.status.begun }.map(\.status.identity))
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
    guard let watch, let appearances = watch.takeAppearances(of: path) else { return false }
    unseen += appearances
    guard watch.serial(of: path) == serial else { return true }
    guard unseen > 0 else { return false }
    let newest = generations.last
    let (adopted, found) = adopt(after: newest, .absence, now: now)
    rotations += adopted.count
    append(adopted, now: now)
    known.formUnion(found.map(\.status.identity))
    missedGenerations += max(0, unseen - adopted.count)
    unseen = 0
    return !adopted.isEmpty
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
  private func account(after newest: Generation?, found: Int, isKnown: Bool) {
    watch?.absorb()
    if let appearances = watch?.takeAppearances(of: path) {
      unseen += appearances - found
      // One that was renamed back is not told of as new; a link that was turned back is.
      if isKnown, unseen < 0 { unseen += 1 }
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
    // The last one to come was this one itself: back from elsewhere, or told of late.
    unseen += max(0, appearances - 1)
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
    defer { generation.restart(now: now) }
    guard generation === generations.last else { return }
    let (copies, found) = adopt(after: generation, .truncation, now: now)
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
  /// What files beside the log are looked for after.
  private enum Occasion {
    case succession(by: OpenFile)
    /// No file has the name now.
    case absence
    /// The newest file was cut short; its copy may be among them.
    case truncation
  }

  /// Opens the files beside the log that came after `newest`, oldest first. Also gives all that is
  /// there.
  private func adopt(
    after newest: Generation?, _ occasion: Occasion, now: Double
  ) -> (adopted: [Generation], found: [Sibling]) {
    var isTruncation = false
    if case .truncation = occasion { isTruncation = true }
    var opened: [OpenFile] = []
    var found: [Sibling] = []
    for _ in 0..<8 {
      found = siblings.find()
      let between = found.filter { isBetween($0, newest, occasion) }
      opened = between.compactMap { sibling -> OpenFile? in
        let file = try? OpenFile(path: sibling.path, calls: calls)
        return file?.status.identity == sibling.status.identity ? file : nil
      }
      // Renamed in the meantime: look again.
      if opened.count == between.count { break }
    }
    return (opened.compactMap { generation(from: $0, after: newest, isTruncation, now) }, found)
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
