import Dispatch
import Glibc

/// Signals as events on the main loop. (signal(2))
@MainActor
final class Signals {
  private var sources: [any DispatchSourceSignal] = []

  /// Calls the handler on the main loop whenever the signal comes, instead of what it does by
  /// default.
  func on(_ number: Int32, _ handler: @escaping @MainActor () -> Void) {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated(handler) }
    source.resume()
    sources.append(source)
  }

  /// Ends the program as the signal would have by itself, so that whoever waits for it can tell.
  static func die(of number: Int32) -> Never {
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    sigprocmask(SIG_UNBLOCK, &set, nil)
    raise(number)
    exit(128 + number)
  }
}
