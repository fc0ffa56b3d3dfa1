/// Whether a user agent names a program rather than a browser.
enum AgentKind: UInt8, CaseIterable {
  case person, bot
  /// There is no agent.
  case none

  /// The value of the field `bot`.
  var name: String {
    switch self {
    case .person: "no"
    case .bot: "yes"
    case .none: "-"
    }
  }

  /// - Parameter agent: `-` if there is none.
  /// - Complexity: O(bytes of the agent).
  init(_ agent: TextRange) {
    if agent.count == 1, agent.start[0] == .hyphen {
      self = .none
    } else {
      self = Self.isTool(agent) || Self.namesBot(agent) ? .bot : .person
    }
  }

  /// Whether it begins like that of a tool.
  private static func isTool(_ agent: TextRange) -> Bool {
    switch agent.start[0] {
    case UInt8(ascii: "c"): agent.hasPrefix("curl/")
    case UInt8(ascii: "W"): agent.hasPrefix("Wget/")
    case UInt8(ascii: "p"): agent.hasPrefix("python-")
    case UInt8(ascii: "G"): agent.hasPrefix("Go-http-client")
    case UInt8(ascii: "k"): agent.hasPrefix("kube-probe")
    default: false
    }
  }

  /// Whether it holds, in any case, `bot`, `crawl`, `spider`, `slurp`, `http://` or `https://`.
  private static func namesBot(_ agent: TextRange) -> Bool {
    let bytes = UnsafeRawPointer(agent.start)
    var index = 0
    while index < agent.count {
      let block =
        bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
        | SIMD16(repeating: 0x20)
      let next =
        bytes.loadUnaligned(fromByteOffset: index &+ 1, as: SIMD16<UInt8>.self)
        | SIMD16(repeating: 0x20)
      // Two letters tell nearly all other places apart.
      let found: SIMDMask<SIMD16<Int8>> =
        (pair(block, next, "b", "o") .| pair(block, next, "c", "r"))
        .| (pair(block, next, "s", "p") .| pair(block, next, "s", "l"))
        .| pair(block, next, ":", "/")
      var halves = unsafeBitCast(found, to: SIMD2<UInt64>.self)
      while halves.x | halves.y != 0 {
        let isFirst = halves.x != 0
        let place = (isFirst ? halves.x : halves.y).trailingZeroBitCount &>> 3
        let mask: UInt64 = ~(0xFF &<< UInt64(truncatingIfNeeded: 8 &* place))
        if isFirst { halves.x &= mask } else { halves.y &= mask }
        if isWord(agent, at: index &+ place &+ (isFirst ? 0 : 8)) { return true }
      }
      index &+= 16
    }
    return false
  }

  @inline(__always)
  private static func pair(
    _ block: SIMD16<UInt8>, _ next: SIMD16<UInt8>, _ first: Unicode.Scalar, _ second: Unicode.Scalar
  ) -> SIMDMask<SIMD16<Int8>> {
    (block .== SIMD16(repeating: UInt8(ascii: first)))
      .& (next .== SIMD16(repeating: UInt8(ascii: second)))
  }

  /// Whether one of the words begins at an index, or its `://` does.
  private static func isWord(_ agent: TextRange, at index: Int) -> Bool {
    guard index < agent.count else { return false }
    switch agent.start[index] | 0x20 {
    case UInt8(ascii: "b"): return holds("bot", agent, at: index)
    case UInt8(ascii: "c"): return holds("crawl", agent, at: index)
    case UInt8(ascii: "s"):
      return holds("spider", agent, at: index) || holds("slurp", agent, at: index)
    default:
      return holds("http://", agent, at: index &- 4) || holds("https://", agent, at: index &- 5)
    }
  }

  /// - Parameter word: in lower case.
  private static func holds(_ word: StaticString, _ agent: TextRange, at index: Int) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index >= 0, index &+ count <= agent.count else { return false }
    for offset in 0..<count
    where agent.start[index &+ offset].lowercased != word.utf8Start[offset] { return false }
    return true
  }
}
