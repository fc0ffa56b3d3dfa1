/// What can become of records whose clock is doubted: what logs that are made up must lead to often
/// enough for a comparison to mean anything.
package enum ClockBranch: String, CaseIterable, Sendable {
  /// As far ahead as is still in order, and one second more.
  case furthestInOrder, nearestLeap
  /// A hundred more on the one side, and on the other.
  case believedByMajority, rejectedByMajority
  /// A thousand wait, and the majority decides; a tie is real.
  case believedAtLimit, believedByTie, rejectedAtLimit
  /// What is set free leaps once more, and that is believed in its turn.
  case leapsAgain, believedAgain
  case reachedByTime
  /// Far below what waits at the start, and so the first that is in order.
  case belowStart
  /// Ahead of the wall clock: rejected, or believed as nothing else ever came.
  case future, alwaysAhead
  case believedAtEnd, rejectedAtEnd

  // Only while following.

  /// The leap lands where the wall clock is.
  case ofNow
  case believedInSilence
  /// Time went on by itself, and met what waited.
  case wentOn, metInSilence
  /// Late, and yet later than any before.
  case lateButGreatest
  /// Two blocks in a row came late: the grace is longer from then on; longer once more; as long as
  /// it gets by itself; or stays as it was asked for.
  case graceAdapted, graceAdaptedAgain, graceLimited, blocksSaid

  package static let whileFollowing: Set<ClockBranch> = [
    .ofNow, .believedInSilence, .wentOn, .metInSilence, .lateButGreatest,
    .graceAdapted, .graceAdaptedAgain, .graceLimited, .blocksSaid,
  ]
}
