import Glibc

/// A failed system call or an unsafe file. The reason is for people.
package struct FileProblem: Error, Equatable {
  package var reason: String

  package init(_ reason: String) { self.reason = reason }

  /// The reason of the last failed system call. (strerror(3))
  package static var last: FileProblem { FileProblem(String(cString: strerror(errno))) }
}
