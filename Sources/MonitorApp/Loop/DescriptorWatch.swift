import Dispatch

/// Calls a handler whenever a descriptor is readable, unless it is suspended.
@MainActor
package final class DescriptorWatch {
  private let source: any DispatchSourceRead
  private(set) var isSuspended = false

  init(_ descriptor: Int32, _ handler: @escaping @MainActor () -> Void) {
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated(handler) }
    source.resume()
  }

  /// Suspends the handler until `resume()`; bytes that arrive meanwhile stay in the descriptor.
  func suspend() {
    guard !isSuspended else { return }
    isSuspended = true
    source.suspend()
  }

  func resume() {
    guard isSuspended else { return }
    isSuspended = false
    source.resume()
  }
}
