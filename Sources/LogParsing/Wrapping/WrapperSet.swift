import AccessLog

/// A set of wrappers.
struct WrapperSet: Sendable {
  private var bits: UInt16 = 0

  mutating func insert(_ wrapper: Wrapper) {
    bits |= Self.bit(wrapper)
  }

  mutating func formUnion(_ other: WrapperSet) {
    bits |= other.bits
  }

  func contains(_ wrapper: Wrapper) -> Bool {
    bits & Self.bit(wrapper) != 0
  }

  /// As `Wrapper.allCases` orders them.
  var list: [Wrapper] { Wrapper.allCases.filter { contains($0) } }

  private static func bit(_ wrapper: Wrapper) -> UInt16 { 1 << UInt16(wrapper.rawValue) }
}
