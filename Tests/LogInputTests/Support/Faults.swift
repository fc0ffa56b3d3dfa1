import AccessLog
import Glibc

@testable import LogInput

/// System calls that fail, and how often still.
final class Faults: @unchecked Sendable {
  private var left: [String: [Int32]] = [:]
  private(set) var calls: [String: Int] = [:]

  /// Lets the next calls of this name fail one after the other.
  func inject(_ name: String, _ codes: Int32...) { left[name, default: []] += codes }

  fileprivate func strike(_ name: String) throws(SystemError) {
    calls[name, default: 0] += 1
    guard let code = left[name]?.first else { return }
    left[name]?.removeFirst()
    throw SystemError(code)
  }

  /// The real calls, but for those that fail.
  ///
  /// - Parameter most: How many bytes one reading call gives at most.
  func table(most: Int = .max) -> FileSystemCalls {
    var calls = FileSystemCalls()
    let real = calls
    calls.open = { (path, flags) throws(SystemError) in
      try self.strike("open")
      return try real.open(path, flags)
    }
    calls.readAt = { (descriptor, parts, count, offset) throws(SystemError) in
      try self.strike("read")
      guard most < .max else { return try real.readAt(descriptor, parts, count, offset) }
      var part = iovec(iov_base: parts[0].iov_base, iov_len: min(most, parts[0].iov_len))
      return try real.readAt(descriptor, &part, 1, offset)
    }
    calls.status = { (descriptor, path) throws(SystemError) in
      try self.strike("status")
      return try real.status(descriptor, path)
    }
    calls.startNotifying = { () throws(SystemError) in
      try self.strike("inotify_init")
      return try real.startNotifying()
    }
    calls.watch = { (descriptor, path, events) throws(SystemError) in
      try self.strike("add_watch")
      return try real.watch(descriptor, path, events)
    }
    return calls
  }
}
