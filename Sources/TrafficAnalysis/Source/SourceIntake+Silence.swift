import AccessLog

// What becomes of a source that has come to its end, for the moment or for good.

extension SourceIntake {
  /// The source was read to its end and may go on. Without follow that is only a pipe that gives
  /// nothing at the moment, and means nothing.
  mutating func caughtUp(now: Double, wall: EpochSecond, names: NameTables) {
    guard options.following else { return }
    if let blocks = silence.watchBlocks(now: now, late: lateHits) {
      begin(.writtenInBlocks(blocks))
    }
    if silence.caughtUp(now: now) {
      carryOut(clockGuard.settle(head: clock.head, wall: wall), names)
      silence.rose(at: now)
      if let head = clock.head {
        silence.isLive = abs(head.seconds(since: wall)) <= options.maxJump
      }
      comeToEnd()
    }
    if !clockGuard.isClear, now - silence.lastLine >= silence.grace {
      carryOut(clockGuard.releaseInSilence(head: clock.head, wall: wall), names)
      silence.rose(at: now)
    }
    advance(now: now, names)
    silence.judged(late: lateHits)
  }

  /// Time goes on by itself after the grace. What it meets in quarantine on its way is reached, and
  /// begins another silence.
  private mutating func advance(now: Double, _ names: NameTables) {
    while let greatest = clock.greatest {
      var ahead = silence.secondsAhead(now: now)
      if !silence.isLive { ahead = min(ahead, options.lateness.addingSaturated(1)) }
      guard ahead > 0 else { return }
      let target = greatest.advanced(by: ahead)
      guard let held = clockGuard.earliest, held <= target else {
        clock.move(to: target)
        closeWhatCanBe(names)
        return
      }
      clock.move(to: held)
      carryOut(clockGuard.reach(held), names)
      silence.rose(at: silence.lastRise + silence.grace + Double(held.seconds(since: greatest)))
    }
  }

  /// The input has ended, or the program is to stop: nothing stays open. Time that went on by itself
  /// over the end of an old log was only to close its last seconds.
  mutating func finish(wall: EpochSecond, isAtEnd: Bool = true, names: NameTables) {
    carryOut(clockGuard.settle(head: clock.head, wall: wall), names)
    if isAtEnd { comeToEnd() }
    guard let end = silence.isLive ? clock.head : clock.greatest else { return }
    closeAll(through: end, names)
  }
}
