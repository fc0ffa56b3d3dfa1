import AccessLog
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
        lookTrouble = refusal
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
      lookTrouble = error.isAbsence ? nil : InputFailure(error)
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
    let index = generations.firstIndex { $0.file.status.identity == file.status.identity }
    let generation = index.map { generations[$0] } ?? generation(of: file, now: now)
    if newest != nil { rotations += 1 + found.adopted.count }
    var isCopy = false
    if let copy = found.copy {
      suspect(copy, of: formerFile(newest), now: now)
    } else if !found.hasNewest, generation.offset == 0 {
      isCopy = suspect(generation, of: formerFile(newest), now: now)
    }
    // One that was renamed back is not told of as new; one that a link was turned back to is.
    let cameBack = index != nil && watch?.cameBack(path) == true
    account(after: newest, found: found.counted + (cameBack ? 0 : 1), isCopy: isCopy)
    append(found.adopted, now: now)
    known = Set(
      found.siblings.filter {
        $0.status.begun <= file.status.begun || known.contains($0.status.identity)
      }.map(\.status.identity))
    if let index {
      // A link, or a name, was turned back.
      generations.remove(at: index)
      generation.supersededAt = nil
      generation.isAnnounced = generation.endsInsideLine
    }
    generations.append(generation)
  }

  /// Files that had the name meanwhile and have another one now, while no file has the name.
  private func recoverAbsent(since serial: Int?, now: Double) -> Bool {
    let appearances = watch?.takeAppearances(of: path)
    if let watch, let appearances {
      unseen += appearances.count
      guard watch.serial(of: path) == serial else { return true }
      guard unseen > 0 else { return false }
    }
    let newest = generations.last
    let found = adopt(after: newest, .absence, now: now)
    rotations += found.adopted.count
    if !found.adopted.isEmpty { append(found.adopted, now: now) }
    if let copy = found.copy { suspect(copy, of: formerFile(newest), now: now) }
    known.formUnion(found.siblings.map(\.status.identity))
    if appearances != nil { missedGenerations += max(0, unseen - found.counted) }
    unseen = 0
    return !found.adopted.isEmpty
  }

  private func formerFile(_ newest: Generation?) -> FormerFile? {
    newest.flatMap { FormerFile($0, isSameFile: false) }
  }

  private func append(_ adopted: [Generation], now: Double) {
    generations.last?.supersededAt = now
    for generation in adopted {
      generation.supersededAt = now
      let comesBefore = generation.isCopy && !generations.isEmpty
      generations.insert(
        generation, at: comesBefore ? generations.count - 1 : generations.count)
    }
  }

  /// Reckons the files that were found against those that came under the name, by notification. What
  /// is left over is judged once the name is at rest: a file may come while another one is opened.
  ///
  /// - Parameter isCopy: the file that has the name is a copy of `newest`; where files only replaced
  ///   each other until it came, they were copies too.
  private func account(after newest: Generation?, found: Int, isCopy: Bool) {
    watch?.absorb()
    if let appearances = watch?.takeAppearances(of: path) {
      let areCopies = isCopy && appearances.replacing == appearances.count
      unseen += areCopies ? 0 : appearances.count - found
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
    let appearances = watch.takeAppearances(of: path)?.count ?? 0
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
      (try? place.part.agreement(with: file)) == .whole
    {
      try? generation.start(at: place.part.length)
    }
    return generation
  }

  /// Opens the file again at the same place after an error that this may mend; false where it must be
  /// tried again later.
  func reopen(_ generation: Generation, after error: SystemError, now: Double) -> Bool {
    readTrouble = InputFailure(error)
    guard error.asksForReopening, now >= reopenAt else { return false }
    reopenAt = now + Self.retryInterval
    for path in [pathBytes, Array("/proc/self/fd/\(generation.file.descriptor)".utf8CString)] {
      guard let file = try? OpenFile(path: path, calls: calls),
        file.status.identity == generation.file.status.identity
      else { continue }
      generation.file = file
      notices.append(.input(.reopened(code: error.code, offset: generation.offset)))
      return true
    }
    return false
  }
}
