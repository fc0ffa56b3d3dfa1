import AccessLog

// Handling of a source that was read to its end, for the moment or for good.

extension SourceIntake {
  /// Handles that the source was read to its end and may continue. Ignored unless the source is
  /// followed, because a pipe without data says nothing about the log.
  ///
  /// - Parameter now: the monotonic time in seconds.
  mutating func caughtUp(now: Double, wall: EpochSecond, names: NameTables) {
    guard options.following else { return }
    if let blocks = silence.detectBlocks(now: now, late: lateRecords) {
      post(.writtenInBlocks(blocks))
    }
    if silence.reachEnd(now: now) {
      apply(clockGuard.resolveQuarantine(head: clock.head, wall: wall), names)
      silence.noteTimeAdvance(at: now)
      if let head = clock.head {
        silence.isLive = abs(head.seconds(since: wall)) <= options.maxJump
      }
      wasAtEnd = true
    }
    if !clockGuard.isQuarantineEmpty, now - silence.lastLine >= silence.grace {
      apply(clockGuard.releaseAfterSilence(head: clock.head, wall: wall), names)
      silence.noteTimeAdvance(at: now)
    }
    silence.setBaseline(late: lateRecords)
    noteLines()
  }

  /// Handles that all sources were read to their ends: time goes on without records.
  mutating func runOn(now: Double, names: NameTables) {
    guard options.following else { return }
    advance(now: now, names)
    noteLines()
    silence.setBaseline(late: lateRecords)
  }

  /// Runs the clock on without records after the grace. Quarantined records that it reaches are
  /// released, and the silence begins again from there.
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

  /// Closes all seconds because the input has ended, or the program stops. For a log that is not
  /// live, the time for which the clock ran on past its end is discarded.
  ///
  /// - Parameter isAtEnd: whether all of the input was read.
  mutating func finish(wall: EpochSecond, isAtEnd: Bool = true, names: NameTables) {
    apply(clockGuard.resolveQuarantine(head: clock.head, wall: wall), names)
    if isAtEnd { wasAtEnd = true }
    guard let end = silence.isLive ? clock.head : clock.greatest else { return }
    closeAll(through: end, names)
    noteLines()
  }
}
