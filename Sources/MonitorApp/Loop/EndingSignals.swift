import Dispatch
import Glibc
import Synchronization

/// The signals that end a program. They are received on a queue of their own, so that one that comes
/// while the main queue is stuck is not lost.
///
/// The first begins an orderly end. A second one ends the program at once: whatever holds up the
/// first must not hold up the person too. But a terminal that goes away tells so twice, itself and
/// by the shell: what comes together is one.
final class EndingSignals: Sendable {
  private let queue = DispatchQueue(label: "signals")
  /// Signals that come within this belong together, in seconds.
  private static let together = 0.02
  /// When the first came, by the monotonic clock.
  private let asked = Mutex<Double?>(nil)
  private let begin: @Sendable (Int32) -> Void
  private let leave: @Sendable () -> Void

  /// - Parameters:
  ///   - begin: begins an orderly end, on the main queue.
  ///   - leave: what must be done even in a hurry; on any thread.
  init(begin: @escaping @Sendable (Int32) -> Void, leave: @escaping @Sendable () -> Void) {
    self.begin = begin
    self.leave = leave
  }

  /// Takes the signals from here on.
  ///
  /// - Returns: what is to be kept for as long as they are.
  func receive() -> [any DispatchSourceSignal] {
    // Whoever started us with nohup wants us to outlive the terminal.
    let numbers = [SIGINT, SIGTERM, SIGQUIT] + (isIgnored(SIGHUP) ? [] : [SIGHUP])
    return numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [self] in take(number) }
      source.resume()
      return source
    }
  }

  private func take(_ number: Int32) {
    let now = Clocks.monotonic()
    let first = asked.withLock { asked in
      asked = asked ?? now
      return asked ?? now
    }
    if now - first > Self.together {
      leave()
      die(of: number)
    }
    guard now == first else { return }
    DispatchQueue.main.async { [begin] in begin(number) }
  }
}

/// (sigaction(2))
private func isIgnored(_ number: Int32) -> Bool {
  var action = sigaction()
  sigaction(number, nil, &action)
  return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    == unsafeBitCast(SIG_IGN, to: Int.self)
}

/// Ends the program as the signal would have by itself, so that whoever waits for it can tell.
func die(of number: Int32) -> Never {
  signal(number, SIG_DFL)
  var set = sigset_t()
  sigemptyset(&set)
  sigaddset(&set, number)
  pthread_sigmask(SIG_UNBLOCK, &set, nil)
  raise(number)
  exit(128 + number)
}
