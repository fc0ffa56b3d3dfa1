/// A clock that is moved by hand.
final class HandClock {
  var now = 1000.0
}
