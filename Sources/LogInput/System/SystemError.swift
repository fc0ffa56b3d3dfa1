import AccessLog
import Glibc

/// The error of a system call.
package struct SystemError: Error, Equatable, Sendable {
  /// The error number. (errno(3))
  package var code: Int32

  /// Creates an error.
  package init(_ code: Int32) {
    self.code = code
  }

  /// The error of the system call that failed last on this thread.
  static var last: SystemError { SystemError(errno) }

  /// Whether the file, or a directory of its path, does not exist.
  var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether opening the same file again may help: after a temporary disk error, or after a restart
  /// of a network file server.
  var mayEndByReopening: Bool { code == EIO || code == ESTALE }
}

extension InputFailure {
  init(_ error: SystemError) {
    self = .system(code: error.code)
  }
}

/// Runs a system call and throws its error as an `InputFailure`.
func throwingInputFailure<T>(_ call: () throws(SystemError) -> T) throws(InputFailure) -> T {
  do {
    return try call()
  } catch {
    throw InputFailure(error)
  }
}

/// Repeats a system call that a signal interrupted. Every call that may fail with EINTR is wrapped
/// by this function.
func retryingOnInterrupt<T>(
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
