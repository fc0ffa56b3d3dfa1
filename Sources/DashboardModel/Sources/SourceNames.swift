import AccessLog
import SafeText

/// What the sources are called in the list: as much of their names as tells them apart.
struct SourceNames: Equatable, Sendable {
  /// Their whole names.
  private(set) var paths: [Name] = []
  /// The length of the directory that the paths of all but senders have in common, with its slash.
  private var directory = 0
  /// The hosts that several senders have.
  private var sharedHosts: Set<Name> = []
  /// The place of each source in the alphabet, in which `web2` is before `web10`.
  private(set) var ranks: [Int32] = []

  init() {}

  /// - Complexity: O(n log n) for the names of n sources
  init(_ states: [SourceState]) {
    paths = states.map(\.path)
    directory = Self.commonDirectory(states.filter { $0.sender == nil }.map(\.path))
    var hosts: Set<Name> = []
    for state in states where state.sender != nil {
      guard let host = state.path.sendingHost else { continue }
      if !hosts.insert(host).inserted { sharedHosts.insert(host) }
    }
    let keys = paths.map(NaturalKey.init)
    ranks = Array(repeating: 0, count: paths.count)
    for (rank, index) in paths.indices.sorted(by: { keys[$0] < keys[$1] }).enumerated() {
      ranks[index] = Int32(rank)
    }
  }

  /// Whether they are the names of some sources.
  func belong(to states: [SourceState]) -> Bool {
    paths.count == states.count && paths.indices.allSatisfy { paths[$0] == states[$0].path }
  }

  /// The name of a source in the list.
  func shortName(of state: SourceState) -> SafeString {
    if state.sender != nil {
      let host = state.path.sendingHost.flatMap { sharedHosts.contains($0) ? nil : $0 }
      return SafeString((host ?? state.path).bytes, limit: 256)
    }
    guard state.path != Name("-") else { return "standard input" }
    return SafeString(Array(state.path.bytes.dropFirst(directory)), limit: 256)
  }

  /// The bytes of the directory that all paths begin with, with its slash: they tell nothing apart.
  private static func commonDirectory(_ paths: [Name]) -> Int {
    guard paths.count > 1, let first = paths.first?.bytes else { return 0 }
    var common = first.count
    for path in paths.dropFirst() where common > 0 {
      path.withBytes { bytes in
        common = zip(first[..<common], bytes).prefix { $0 == $1 }.count
      }
    }
    return first[..<common].lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
  }
}

/// A name in an order in which numbers are compared by their values.
private struct NaturalKey: Comparable {
  private let bytes: [UInt8]

  init(_ name: Name) {
    // A number is preceded by its length, so that the longer one is greater.
    var key: [UInt8] = []
    var digits: [UInt8] = []
    func endNumber() {
      guard !digits.isEmpty else { return }
      let significant = digits.drop { $0 == UInt8(ascii: "0") }
      key.append(UInt8(ascii: "0"))
      key.append(UInt8(min(255, significant.count)))
      key += significant
      digits.removeAll(keepingCapacity: true)
    }
    name.withBytes { bytes in
      for byte in bytes {
        if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
          digits.append(byte)
        } else {
          endNumber()
          key.append(byte)
        }
      }
    }
    endNumber()
    bytes = key
  }

  static func < (left: NaturalKey, right: NaturalKey) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}
