import Glibc

/// Why output cannot be written.
package enum OutputFailure: Error, Equatable, Sendable {
  /// The reader has gone (EPIPE). After `| head` that is not an error.
  case closed
  /// A system call failed, with that error number.
  case failed(code: Int32)

  /// The reason for messages, without the name of the output: `No space left on device`.
  package var reason: String {
    switch self {
    case .closed: String(cString: strerror(EPIPE))
    case .failed(let code): String(cString: strerror(code))
    }
  }
}
