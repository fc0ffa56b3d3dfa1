/// Why there is no history in this run.
package enum HistoryFailure: Error, Equatable, Sendable {
  /// The file must not be used: it is not safe, belongs to somebody else, or is in use.
  case refused(String)
  /// It cannot be written, which needs not keep anybody from monitoring.
  case unavailable(String)

  package var reason: String {
    switch self {
    case .refused(let reason), .unavailable(let reason): reason
    }
  }
}
