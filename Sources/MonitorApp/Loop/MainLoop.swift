import Dispatch
import Glibc

/// The one loop on the main queue: a tick, descriptors that bring something, signals, and work that
/// goes on in pieces so that everything else gets its turn between them.
///
/// Its handlers keep whoever owns it alive, and they it: it runs until the program exits.
@MainActor
package final class MainLoop {
  private var timer: (any DispatchSourceTimer)?
  private var interval = ReadingPace.awake
  private var readable: [DescriptorWatch] = []
  private var signals: [any DispatchSourceSignal] = []
  private var isWorkQueued = false

  package init() {}

  /// Calls the handler now and then ten times a second, or as `setTick` has it.
  package func everyTick(_ handler: @escaping @MainActor () -> Void) {
    let timer = DispatchSource.makeTimerSource(queue: .main)
    timer.schedule(deadline: .now(), repeating: interval, leeway: .milliseconds(10))
    timer.setEventHandler { MainActor.assumeIsolated(handler) }
    timer.resume()
    self.timer = timer
  }

  /// From now on so many seconds lie between two ticks.
  package func setTick(_ seconds: Double) {
    guard seconds != interval else { return }
    interval = seconds
    timer?.schedule(
      deadline: .now() + seconds, repeating: seconds, leeway: .milliseconds(Int(seconds * 100)))
  }

  /// Calls the handler whenever there is something to read.
  @discardableResult
  package func watch(
    _ descriptor: Int32, _ handler: @escaping @MainActor () -> Void
  ) -> DescriptorWatch {
    let watch = DescriptorWatch(descriptor, handler)
    readable.append(watch)
    return watch
  }

  /// Calls the handler whenever the signal comes, instead of what it does by default. (signal(2))
  func on(signal number: Int32, _ handler: @escaping @MainActor () -> Void) {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated(handler) }
    source.resume()
    signals.append(source)
  }

  /// Calls the handler on the signals that end a program; a second one ends it at once.
  ///
  /// - Parameter leave: what must be done even then; on any thread.
  func onEnd(
    leaving leave: @escaping @Sendable () -> Void = {},
    _ handler: @escaping @MainActor (Int32) -> Void
  ) {
    let ending = EndingSignals(
      begin: { number in MainActor.assumeIsolated { handler(number) } }, leave: leave)
    signals += ending.receive()
  }

  /// Goes on with the work as soon as everything that waits has had its turn; asked again before
  /// that, it is still done once.
  package func goOn(_ work: @escaping @MainActor () -> Void) {
    guard !isWorkQueued else { return }
    isWorkQueued = true
    DispatchQueue.main.async { [weak self] in
      self?.isWorkQueued = false
      work()
    }
  }
}

/// A descriptor that calls a handler whenever there is something to read, unless it is held.
@MainActor
package final class DescriptorWatch {
  private let source: any DispatchSourceRead
  private(set) var isHeld = false

  fileprivate init(_ descriptor: Int32, _ handler: @escaping @MainActor () -> Void) {
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated(handler) }
    source.resume()
  }

  /// Calls nobody until it is let go; what there is to read waits.
  func hold() {
    guard !isHeld else { return }
    isHeld = true
    source.suspend()
  }

  func letGo() {
    guard isHeld else { return }
    isHeld = false
    source.resume()
  }
}
