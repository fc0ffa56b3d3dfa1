import AccessLog

/// A set of wrappers.
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

  /// The wrappers, those first that are usually around others.
  var list: [Wrapper] {
    let all: [(WrapperSet, Wrapper)] = [
      (.colors, .colors), (.kubectl, .kubectl), (.stern, .stern), (.compose, .compose),
      (.swarm, .swarm), (.syslog, .syslog), (.journal, .journal), (.docker, .docker), (.cri, .cri),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}
