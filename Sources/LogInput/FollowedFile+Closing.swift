// When old generations of a log are over.

extension FollowedFile {
  /// Whether half a line at the end of an old generation will not be finished any more.
  func isOver(_ generation: Generation, at index: Int, now: Double) -> Bool {
    guard generation.supersededAt != nil else { return false }
    if index == 0, generations.count > Self.mostHeld + 1 { return true }
    return generation.quiet(at: now) >= Self.halfLinePatience
  }

  /// Closes old generations that nobody writes to any more; all are at their end.
  func retire(_ now: Double) {
    while let oldest = generations.first, oldest.supersededAt != nil, oldest.pending == 0,
      !oldest.endsInsideLine,
      generations.count > Self.mostHeld + 1 || oldest.quiet(at: now) >= Self.lingering
    {
      leave(generations.removeFirst())
    }
    generations.removeAll { $0.isCopy && $0.pending == 0 && !$0.endsInsideLine }
  }

  /// Closes all old generations that are at their end: their descriptors are needed.
  func letGo() {
    generations.removeAll { generation in
      guard generation.supersededAt != nil, !generation.endsInsideLine, generation.pending == 0
      else { return false }
      leave(generation)
      return true
    }
  }

  private func leave(_ generation: Generation) {
    left.append(Place(identity: generation.file.status.identity, part: generation.part))
    if left.count > 32 { left.removeFirst() }
  }
}
