/// A clock that a test advances.
final class HandClock {
  var now = 1000.0
}
