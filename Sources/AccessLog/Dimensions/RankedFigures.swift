/// A set of the figures kept for a name besides its hits.
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
  /// The time to answer, where the log has it.
  @inlinable public static var latency: RankedFigures { RankedFigures(rawValue: 8) }

  package static let all: RankedFigures = [.bytes, .clientErrors, .serverErrors, .latency]
}
