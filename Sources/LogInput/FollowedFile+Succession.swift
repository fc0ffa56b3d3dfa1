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
