import AccessLog
import Glibc

/// What a system call failed with: errno.
package struct SystemError: Error, Equatable, Sendable {
  package var code: Int32

  package init(_ code: Int32) {
    self.code = code
  }

  /// The error of the call that has just failed on this thread.
  static var last: SystemError { SystemError(errno) }

  /// Whether the name, or a directory on the way to it, is not there.
  var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether opening the same file again may help: a disk's hiccup, a network file system's server
  /// that was started anew.
  var asksForReopening: Bool { code == EIO || code == ESTALE }
}

extension InputFailure {
  init(_ error: SystemError) {
    self = .system(code: error.code)
  }
}

/// Tells what a system call failed with as the reason why an input cannot be read.
func translated<T>(_ call: () throws(SystemError) -> T) throws(InputFailure) -> T {
  do {
    return try call()
  } catch {
    throw InputFailure(error)
  }
}

/// Makes a call again for as long as a signal interrupts it. Every call that may see EINTR goes
/// through here.
func uninterrupted<T>(
  _ call: () throws(SystemError) -> T
) throws(SystemError) -> T {
  while true {
    do {
      return try call()
    } catch {
      guard error.code == EINTR else { throw error }
    }
  }
}
