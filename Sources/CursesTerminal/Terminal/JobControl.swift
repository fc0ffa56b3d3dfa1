import CTerminalGuard
import Glibc

/// Stops as Ctrl-Z stops any program, until it is continued; where no shell could do that, the system
/// does not stop it. (raise(3))
package func stopAsByDefault() {
  var standard = sigaction()
  standard.__sigaction_handler.sa_handler = SIG_DFL
  var own = sigaction()
  sigaction(SIGTSTP, &standard, &own)
  raise(SIGTSTP)
  sigaction(SIGTSTP, &own, nil)
}

/// Waits until the terminal is ours to change. A program that the shell runs in the background is
/// stopped for trying, until it is brought to the front. (tcdrain(3))
package func waitForForeground(_ terminal: Int32) {
  let group = tcgetpgrp(terminal)
  guard group >= 0, group != getpgrp() else { return }
  while tcdrain(terminal) != 0 && errno == EINTR {}
}

/// Restores the terminal from any thread, whatever the screen is busy with. Later calls do nothing.
package func restoreTerminalAtOnce() {
  terminal_guard_restore()
}
