import Dispatch
import Glibc
import Synchronization

/// The signals that end the program. A queue of its own receives them, so none is lost while the main
/// queue is blocked.
///
/// The first signal begins an orderly end. A second one ends the program at once, so that a blocked
/// shutdown cannot hold up the user. A terminal that closes sends two signals, from the kernel and
/// from the shell: signals that come close together count as one.
final class EndingSignals: Sendable {
  private let queue = DispatchQueue(label: "signals")
  /// Signals within this time count as one, in seconds.
  private static let coalescing = 0.02
  /// When the first signal came, in seconds of the monotonic clock.
  private let firstSignal = Mutex<Double?>(nil)
  private let beginEnding: @Sendable (Int32) -> Void
  private let cleanup: @Sendable () -> Void

  /// - Parameters:
  ///   - begin: begins an orderly end; runs on the main queue.
  ///   - cleanup: runs before the program ends at once, on any thread.
  init(begin: @escaping @Sendable (Int32) -> Void, cleanup: @escaping @Sendable () -> Void) {
    beginEnding = begin
    self.cleanup = cleanup
  }

  /// Starts to receive the signals.
  ///
  /// - Returns: the sources; signals are received for as long as they are kept.
  func receive() -> [any DispatchSourceSignal] {
    // Under nohup the program outlives the terminal.
    let numbers = [SIGINT, SIGTERM, SIGQUIT] + (isIgnored(SIGHUP) ? [] : [SIGHUP])
    // A source is registered on another thread, some time after it was resumed: an ignored signal that
    // comes before that would be lost, a blocked one waits. (signalfd(2))
    changeMask(SIG_BLOCK, numbers)
    return numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [self] in handle(number) }
      source.resume()
      return source
    }
  }

  private func handle(_ number: Int32) {
    let now = Clocks.monotonic()
    let first = firstSignal.withLock { first in
      first = first ?? now
      return first ?? now
    }
    if now - first > Self.coalescing {
      cleanup()
      die(of: number)
    }
    guard now == first else { return }
    DispatchQueue.main.async { [beginEnding] in beginEnding(number) }
  }
}

/// Blocks or unblocks signals in this thread. (pthread_sigmask(3))
private func changeMask(_ how: Int32, _ numbers: [Int32]) {
  var set = sigset_t()
  sigemptyset(&set)
  for number in numbers { sigaddset(&set, number) }
  pthread_sigmask(how, &set, nil)
}

/// Whether the process ignores a signal. (sigaction(2))
private func isIgnored(_ number: Int32) -> Bool {
  var action = sigaction()
  sigaction(number, nil, &action)
  return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    == unsafeBitCast(SIG_IGN, to: Int.self)
}

/// Ends the program by the default action of a signal, so that the parent process sees the signal.
func die(of number: Int32) -> Never {
  signal(number, SIG_DFL)
  changeMask(SIG_UNBLOCK, [number])
  raise(number)
  exit(128 + number)
}
