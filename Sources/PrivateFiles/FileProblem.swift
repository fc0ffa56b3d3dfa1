import Glibc

/// A failed system call or an unsafe file. The reason is for people.
package struct FileProblem: Error, Equatable {
  package var reason: String
  /// The error number of a failed system call; 0 for anything else. (errno(3))
  package var code: Int32 = 0

  package init(_ reason: String) { self.reason = reason }

  package init(code: Int32) {
    reason = String(cString: strerror(code))
    self.code = code
  }

  /// The reason of the last failed system call. (strerror(3))
  package static var last: FileProblem { FileProblem(code: errno) }
}
