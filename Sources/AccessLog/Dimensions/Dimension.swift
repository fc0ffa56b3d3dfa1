/// A property by which hits are ranked, such as their section. Each dimension has names of its own.
///
/// Every record has a name in the common dimensions, which come first; in the others only if a run
/// ranks them. To add a dimension, add a case here with its profile and wire code, and its name to
/// `LineFacts` (LogParsing).
@frozen public enum Dimension: Int, CaseIterable, Sendable {
  case section, client, status
  case path, host, user, referrer, agent, source

  /// The number of common dimensions, which come first.
  @inlinable public static var commonCount: Int { 3 }
  /// The dimensions that every record has a name in.
  package static let common: [Dimension] = [.section, .client, .status]

  /// Whether every record has a name in it.
  package var isCommon: Bool { rawValue < Self.commonCount }

  /// Identifies the dimension in the wire form of a closed second. Codes are never reused.
  var wireCode: UInt64 { UInt64(rawValue) + 1 }

  /// Calls the body for each common dimension. Unlike a loop, this is unrolled, which matters for
  /// work done on every line.
  @inlinable @inline(__always)
  public static func eachCommon(_ body: (Dimension) -> Void) {
    body(.section)
    body(.client)
    body(.status)
  }

  /// Calls the body for each dimension.
  ///
  /// - Parameter hasOthers: whether to include those that are not common.
  @inlinable @inline(__always)
  public static func each(withOthers hasOthers: Bool, _ body: (Dimension) -> Void) {
    eachCommon(body)
    if hasOthers { eachOther(body) }
  }

  @inlinable @inline(__always)
  static func eachOther(_ body: (Dimension) -> Void) {
    for index in commonCount..<count {
      if let dimension = Dimension(rawValue: index) { body(dimension) }
    }
  }

  /// The number of dimensions.
  @inlinable public static var count: Int { 9 }
}

extension Dimension {
  /// The names of the dimension, and the figures shown for it.
  package var profile: DimensionProfile {
    switch self {
    case .section: DimensionProfile("section", plural: "sections", isAlwaysReported: true)
    case .client:
      DimensionProfile("client", plural: "clients", reports: [], isAlwaysReported: true)
    case .status: DimensionProfile("status", plural: "codes")
    case .path: DimensionProfile("path", plural: "paths")
    case .host: DimensionProfile("host", plural: "hosts")
    case .user: DimensionProfile("user", plural: "users")
    case .referrer: DimensionProfile("referrer", plural: "referrers")
    case .agent: DimensionProfile("agent", plural: "agents")
    case .source: DimensionProfile("source", plural: "sources")
    }
  }

  /// The dimensions in the order in which reports list them.
  package static let reportOrder: [Dimension] = [
    .section, .client, .path, .host, .user, .referrer, .agent, .status, .source,
  ]

  /// The dimension with a name; `nil` if there is none.
  package init?(named name: String) {
    guard let dimension = Self.allCases.first(where: { "\($0.profile.name)" == name }) else {
      return nil
    }
    self = dimension
  }
}
