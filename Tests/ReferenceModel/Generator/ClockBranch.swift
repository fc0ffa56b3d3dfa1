/// The possible fates of records whose clock is doubted. Generated logs must reach each of them
/// often enough for a comparison to mean anything.
package enum ClockBranch: String, CaseIterable, Sendable {
  /// As far ahead as is still in order, and one second further.
  case furthestInOrder, nearestLeap
  /// One side is ahead by a hundred records.
  case believedByMajority, rejectedByMajority
  /// A thousand records are quarantined, and the majority decides; a tie counts as real.
  case believedAtLimit, believedByTie, rejectedAtLimit
  /// A record from the quarantine leaps again, and is then believed.
  case leapsAgain, believedAgain
  case reachedByTime
  /// Far below the quarantined records at the start, and so the first one in order.
  case belowStart
  /// Ahead of the wall clock: rejected, or believed because all records are.
  case future, alwaysAhead
  case believedAtEnd, rejectedAtEnd

  // Only while following.

  /// The leap ends where the wall clock is.
  case nearWallClock
  case believedInSilence
  /// Log time advanced in silence, or reached a quarantined record.
  case advancedInSilence, metInSilence
  /// Late, although its time is the greatest so far.
  case lateButGreatest
  /// Two blocks in a row were late: the grace is extended, extended again, extended to its limit,
  /// or stays because it was set explicitly.
  case graceAdapted, graceAdaptedAgain, graceLimited, blocksReported

  package static let whileFollowing: Set<ClockBranch> = [
    .nearWallClock, .believedInSilence, .advancedInSilence, .metInSilence, .lateButGreatest,
    .graceAdapted, .graceAdaptedAgain, .graceLimited, .blocksReported,
  ]
}
