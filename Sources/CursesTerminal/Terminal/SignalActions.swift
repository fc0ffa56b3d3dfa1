import Glibc

/// Runs `body` and restores the signal actions that it changed.
///
/// Curses installs handlers for INT, TERM, TSTP and WINCH where these have their default action. In
/// this program the run loop handles these signals.
func preservingSignalActions<Result>(_ body: () -> Result) -> Result {
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
