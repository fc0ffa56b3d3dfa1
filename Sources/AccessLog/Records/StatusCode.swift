/// A response status as a log writes it: three digits, or `-` for none.
@frozen public struct StatusCode: Equatable, Sendable {
  /// The number of all statuses.
  @usableFromInline static var count: Int { 1001 }
  /// `-`.
  @inlinable public static var none: StatusCode { StatusCode(1000) }

  /// 0 to 999; 1000 for none.
  @usableFromInline let number: UInt16

  /// - Parameter digits: 0 to 999.
  @inlinable @inline(__always)
  public init(_ digits: UInt16) {
    number = digits
  }

  /// The class of the status (RFC 9110 section 15).
  @inlinable public var statusClass: StatusClass {
    @inline(__always) get {
      let hundreds = number / 100
      return hundreds <= 5 ? StatusClass(hundreds: UInt8(truncatingIfNeeded: hundreds)) : .other
    }
  }

  /// 0 to 999; 1000 for none.
  package var index: Int { Int(number) }

  /// As the log writes it.
  package var name: Name {
    guard number < 1000 else { return Name("-") }
    return Name([number / 100, number / 10 % 10, number % 10].map { UInt8(0x30 + $0) })
  }
}

extension StatusClass {
  /// - Parameter hundreds: 0 to 5.
  @inlinable @inline(__always)
  init(hundreds: UInt8) {
    // The raw values are the hundreds.
    self = StatusClass(rawValue: hundreds) ?? .other
  }
}
