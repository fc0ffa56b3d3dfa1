/// Totals of a set of hits.
@frozen public struct Traffic: Equatable, Sendable {
  public var hits = 0
  /// Response bytes; saturates at 2^63-1.
  public var bytes: Int64 = 0
  /// Hits by status class.
  public var status = StatusCounts()
  /// Hits by request method.
  public var methods = MethodCounts()

  @inlinable @inline(__always)
  public init() {}

  /// Counts one hit.
  ///
  /// - Parameter method: `nil` if the request line has fewer than two words.
  @inlinable @inline(__always)
  public mutating func add(bytes: Int64, status: StatusClass, method: Method?) {
    hits &+= 1
    self.bytes = self.bytes.addingSaturated(bytes)
    self.status[status] &+= 1
    if let method { methods[method] &+= 1 }
  }

  /// Adds the totals of other hits. Saturates on overflow.
  @inlinable @inline(__always)
  public static func += (left: inout Traffic, right: Traffic) {
    left.hits = left.hits.addingSaturated(right.hits)
    left.bytes = left.bytes.addingSaturated(right.bytes)
    left.status += right.status
    left.methods += right.methods
  }
}
