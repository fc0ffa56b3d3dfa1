import Glibc

@testable import LogInput

/// System calls of inotify that deliver events chosen by a test.
final class FakeNotifications: @unchecked Sendable {
  var events: [(watch: Int32, mask: UInt32)] = []

  func table() -> FileSystemCalls {
    var calls = FileSystemCalls()
    calls.startNotifying = { () throws(SystemError) in -1 }
    calls.watch = { (_, _, _) throws(SystemError) in 7 }
    calls.unwatch = { _, _ in }
    calls.close = { if $0 >= 0 { close($0) } }
    calls.read = { (_, buffer) throws(SystemError) in
      guard !self.events.isEmpty else { throw SystemError(EAGAIN) }
      let event = self.events.removeFirst()
      buffer.storeBytes(
        of: EventHeader(wd: event.watch, mask: event.mask, cookie: 0, len: 0),
        as: EventHeader.self)
      return MemoryLayout<EventHeader>.size
    }
    return calls
  }

  private struct EventHeader {
    var wd: Int32
    var mask: UInt32
    var cookie: UInt32
    var len: UInt32
  }
}
