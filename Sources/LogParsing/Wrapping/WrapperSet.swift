import AccessLog

/// A set of wrappers: the bit of each is its place in `Wrapper`.
struct WrapperSet: OptionSet, Sendable {
  let rawValue: UInt16

  static let colors = WrapperSet(rawValue: 1)
  static let kubectl = WrapperSet(rawValue: 2)
  static let stern = WrapperSet(rawValue: 4)
  static let compose = WrapperSet(rawValue: 8)
  static let swarm = WrapperSet(rawValue: 16)
  static let syslog = WrapperSet(rawValue: 32)
  static let journal = WrapperSet(rawValue: 64)
  static let docker = WrapperSet(rawValue: 128)
  static let cri = WrapperSet(rawValue: 256)

  /// In the order of `Wrapper.allCases`.
  var list: [Wrapper] {
    Wrapper.allCases.filter { contains(WrapperSet(rawValue: 1 << UInt16($0.rawValue))) }
  }
}
