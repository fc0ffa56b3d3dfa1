import AccessLog

/// The figures of one name in one second.
struct NameCount: Sendable {
  var id: NameID
  var hits: UInt32
  var clientErrors: UInt32
  var serverErrors: UInt32
  /// Saturates at 2^63-1.
  var bytes: Int64

  init(id: NameID, status: StatusClass, bytes: Int64) {
    self.id = id
    hits = 1
    clientErrors = if case .clientError = status { 1 } else { 0 }
    serverErrors = if case .serverError = status { 1 } else { 0 }
    self.bytes = bytes
  }

  @inline(__always)
  mutating func add(status: StatusClass, bytes: Int64) {
    hits = hits &+ 1
    if case .clientError = status { clientErrors = clientErrors &+ 1 }
    if case .serverError = status { serverErrors = serverErrors &+ 1 }
    self.bytes = self.bytes.addingSaturated(bytes)
  }

  mutating func add(_ other: NameCount) {
    hits = hits.addingSaturated(other.hits)
    clientErrors = clientErrors.addingSaturated(other.clientErrors)
    serverErrors = serverErrors.addingSaturated(other.serverErrors)
    bytes = bytes.addingSaturated(other.bytes)
  }
}
