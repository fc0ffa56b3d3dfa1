import AccessLog

// A ratio is written as 0, its hits and its seconds, both zigzag-encoded; a latency as 1 and the bits of
// its microseconds.

extension WireWriter {
  package mutating func write(_ rate: Rate) {
    write(zigzag: Int64(rate.hits))
    write(zigzag: rate.seconds)
  }

  package mutating func write(_ value: RuleValue) {
    switch value {
    case .ratio(let rate):
      write(UInt64(0))
      write(rate)
    case .latency(let microseconds):
      write(UInt64(1))
      write(microseconds.bitPattern)
    }
  }
}

extension WireReader {
  /// Reads a rate.
  ///
  /// - Throws: `WireFailure` if it is none.
  package mutating func rate() throws(WireFailure) -> Rate {
    let hits = try zigzag()
    let seconds = try zigzag()
    guard seconds > 0 else { throw .badNumber }
    return Rate(hits: Int(hits), seconds: seconds)
  }

  /// Reads the value of a rule.
  ///
  /// - Throws: `WireFailure` if it is none.
  package mutating func ruleValue() throws(WireFailure) -> RuleValue {
    switch try number() {
    case 0: return .ratio(try rate())
    case 1:
      let microseconds = Double(bitPattern: try number())
      guard microseconds.isFinite else { throw .badNumber }
      return .latency(microseconds)
    default: throw .badNumber
    }
  }
}
