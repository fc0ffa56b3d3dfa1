import AccessLog

// What becomes of a source that has come to its end, for the moment or for good.

extension SourceIntake {
  /// The source was read to its end and may go on. Without follow that is only a pipe that gives
  /// nothing at the moment, and means nothing.
  mutating func caughtUp(now: Double, wall: EpochSecond, names: NameTables) {
    guard options.following else { return }
    if let blocks = silence.detectBlocks(now: now, late: lateHits) {
      post(.writtenInBlocks(blocks))
    }
    if silence.reachEnd(now: now) {
      apply(clockGuard.resolveQuarantine(head: clock.head, wall: wall), names)
      silence.noteTimeAdvance(at: now)
      if let head = clock.head {
        silence.isLive = abs(head.seconds(since: wall)) <= options.maxJump
      }
      noteEndOfInput()
    }
    if !clockGuard.isQuarantineEmpty, now - silence.lastLine >= silence.grace {
      apply(clockGuard.releaseAfterSilence(head: clock.head, wall: wall), names)
      silence.noteTimeAdvance(at: now)
    }
    advance(now: now, names)
    silence.setBaseline(late: lateHits)
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
        closeDueSeconds(names)
        return
      }
      clock.move(to: held)
      apply(clockGuard.advance(to: held), names)
      silence.noteTimeAdvance(
        at: silence.lastTimeAdvance + silence.grace + Double(held.seconds(since: greatest)))
    }
  }

  /// The input has ended, or the program is to stop: nothing stays open. Time that went on by itself
  /// over the end of an old log was only to close its last seconds.
  mutating func finish(wall: EpochSecond, isAtEnd: Bool = true, names: NameTables) {
    apply(clockGuard.resolveQuarantine(head: clock.head, wall: wall), names)
    if isAtEnd { noteEndOfInput() }
    guard let end = silence.isLive ? clock.head : clock.greatest else { return }
    closeAll(through: end, names)
  }
}
