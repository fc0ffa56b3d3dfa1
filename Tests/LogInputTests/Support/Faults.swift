import AccessLog
import Glibc

@testable import LogInput

/// System calls that fail on request.
final class Faults: @unchecked Sendable {
  /// The error codes of the next calls, by the name of the call.
  private var pending: [String: [Int32]] = [:]
  /// The number of calls, by the name of the call.
  private(set) var calls: [String: Int] = [:]

  /// Makes the next calls of a name fail, each with one of the error codes.
  func inject(_ name: String, _ codes: Int32...) { pending[name, default: []] += codes }

  fileprivate func failIfInjected(_ name: String) throws(SystemError) {
    calls[name, default: 0] += 1
    guard let code = pending[name]?.first else { return }
    pending[name]?.removeFirst()
    throw SystemError(code)
  }

  /// The real system calls, except for those that fail.
  ///
  /// - Parameter most: the greatest number of bytes that one read returns.
  func table(most: Int = .max) -> FileSystemCalls {
    var calls = FileSystemCalls()
    let real = calls
    calls.open = { (path, flags) throws(SystemError) in
      try self.failIfInjected("open")
      return try real.open(path, flags)
    }
    calls.readAt = { (descriptor, parts, count, offset) throws(SystemError) in
      try self.failIfInjected("read")
      guard most < .max else { return try real.readAt(descriptor, parts, count, offset) }
      var part = iovec(iov_base: parts[0].iov_base, iov_len: min(most, parts[0].iov_len))
      return try real.readAt(descriptor, &part, 1, offset)
    }
    calls.status = { (descriptor, path) throws(SystemError) in
      try self.failIfInjected("status")
      return try real.status(descriptor, path)
    }
    calls.startNotifying = { () throws(SystemError) in
      try self.failIfInjected("inotify_init")
      return try real.startNotifying()
    }
    calls.watch = { (descriptor, path, events) throws(SystemError) in
      try self.failIfInjected("add_watch")
      return try real.watch(descriptor, path, events)
    }
    return calls
  }
}
