/// What is particular to a dimension: its names, and what is shown of what stands under them.
package struct DimensionProfile: Sendable {
  /// What one of its names is.
  package let name: StaticString
  package let pluralName: StaticString
  /// Figures of a report's rows besides their hits.
  package let reportFigures: RankedFigures
  /// Figures of a table's rows besides their hits and their share.
  package let tableFigures: RankedFigures
  /// A line for people lists every row of the report, not the first one alone.
  package let isListedInText: Bool

  fileprivate init(
    _ name: StaticString, plural: StaticString, reports: RankedFigures, tables: RankedFigures,
    isListedInText: Bool = false
  ) {
    self.name = name
    pluralName = plural
    reportFigures = reports
    tableFigures = tables
    self.isListedInText = isListedInText
  }
}

extension Dimension {
  package var profile: DimensionProfile {
    switch self {
    case .section:
      DimensionProfile(
        "section", plural: "sections", reports: [.bytes, .clientErrors, .serverErrors],
        tables: [.rate, .clientErrors, .serverErrors, .bytes], isListedInText: true)
    case .client:
      DimensionProfile("client", plural: "clients", reports: [], tables: [.errors])
    }
  }
}

/// Some of the figures of a name besides its hits.
@frozen public struct RankedFigures: OptionSet, Sendable {
  public let rawValue: UInt8

  @inlinable public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Response bytes.
  @inlinable public static var bytes: RankedFigures { RankedFigures(rawValue: 1) }
  /// Responses with a status of 400-499.
  @inlinable public static var clientErrors: RankedFigures { RankedFigures(rawValue: 2) }
  /// Responses with a status of 500-599.
  @inlinable public static var serverErrors: RankedFigures { RankedFigures(rawValue: 4) }
  /// Both together.
  @inlinable public static var errors: RankedFigures { RankedFigures(rawValue: 8) }
  /// Hits per second.
  @inlinable public static var rate: RankedFigures { RankedFigures(rawValue: 16) }
}
