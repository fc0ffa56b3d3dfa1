import Glibc

/// Keeps the signals' actions through a call that sets some of its own.
///
/// Curses takes INT, TERM, TSTP and WINCH where they still have their default action; here they
/// belong to the run loop.
func keepingSignals<Result>(_ body: () -> Result) -> Result {
  let signals = [SIGINT, SIGTERM, SIGTSTP, SIGWINCH]
  var actions = signals.map { signal in
    var action = sigaction()
    sigaction(signal, nil, &action)
    return action
  }
  let result = body()
  for (index, signal) in signals.enumerated() { sigaction(signal, &actions[index], nil) }
  return result
}
