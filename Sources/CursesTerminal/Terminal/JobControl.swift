import CTerminalGuard
import Glibc

/// Stops the process with the default action of Ctrl-Z, and returns when it is continued. The system
/// does not stop a process that no shell could continue. (raise(3))
package func stopProcess() {
  var standard = sigaction()
  standard.__sigaction_handler.sa_handler = SIG_DFL
  var own = sigaction()
  sigaction(SIGTSTP, &standard, &own)
  raise(SIGTSTP)
  sigaction(SIGTSTP, &own, nil)
}

/// Waits until the process is in the foreground of its terminal. A background process is stopped here
/// until the shell brings it to the foreground. (tcdrain(3))
package func waitForForeground(_ terminal: Int32) {
  let group = tcgetpgrp(terminal)
  guard group >= 0, group != getpgrp() else { return }
  while tcdrain(terminal) != 0 && errno == EINTR {}
}

/// Restores the terminal immediately. It may be called on any thread and during any call of the screen;
/// further calls do nothing.
package func restoreTerminalImmediately() {
  terminal_guard_restore()
}
