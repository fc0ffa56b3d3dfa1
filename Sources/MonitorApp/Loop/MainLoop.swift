import CProcess
import Dispatch
import Glibc

/// The only loop on the main queue: a timer tick, readable descriptors, signals, and long work in
/// short parts, between which the other handlers run.
///
/// The handlers and their owner keep each other alive: the loop runs until the program exits.
@MainActor
package final class MainLoop {
  private var timer: (any DispatchSourceTimer)?
  private var interval = ReadingPace.activeTick
  private var readable: [DescriptorWatch] = []
  private var signals: [any DispatchSourceSignal] = []
  private var isWorkQueued = false

  /// A loop without handlers.
  package init() {}

  /// Calls the handlers of all loops, on this thread, until the program exits. Foundation's run loop
  /// would do the same, but loading it takes 3 ms and 9 MiB.
  static func run() -> Never { cprocess_run_main_queue() }

  /// Calls the handler now and then at every tick.
  package func everyTick(_ handler: @escaping @MainActor () -> Void) {
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now(), repeating: interval, leeway: .milliseconds(10))
    timer.setEventHandler { MainActor.assumeIsolated(handler) }
    timer.resume()
    self.timer = timer
  }

  /// Sets the time between two ticks, in seconds, starting now.
  package func setTick(_ seconds: Double) {
    guard seconds != interval else { return }
    interval = seconds
    timer?.schedule(
      deadline: .now() + seconds, repeating: seconds, leeway: .milliseconds(Int(seconds * 100)))
  }

  /// Calls the handler whenever the descriptor is readable.
  @discardableResult
  package func watch(
    _ descriptor: Int32, _ handler: @escaping @MainActor () -> Void
  ) -> DescriptorWatch {
    let watch = DescriptorWatch(descriptor, handler)
    readable.append(watch)
    return watch
  }

  /// Calls the handler for a signal instead of its default action. (signal(2))
  func on(signal number: Int32, _ handler: @escaping @MainActor () -> Void) {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated(handler) }
    source.resume()
    signals.append(source)
  }

  /// Calls the handler for the first signal that ends the program; a second one ends it at once.
  ///
  /// - Parameter cleanup: runs before the program ends at once, on any thread.
  func onEnd(
    cleanup: @escaping @Sendable () -> Void = {},
    _ handler: @escaping @MainActor (Int32) -> Void
  ) {
    let ending = EndingSignals(
      begin: { number in MainActor.assumeIsolated { handler(number) } }, cleanup: cleanup)
    signals += ending.receive()
  }

  /// Calls the work once everything that is waiting has been handled. Until then, further calls have
  /// no effect.
  package func continueWork(_ work: @escaping @MainActor () -> Void) {
    guard !isWorkQueued else { return }
    isWorkQueued = true
    DispatchQueue.main.async { [weak self] in
      self?.isWorkQueued = false
      work()
    }
  }
}
