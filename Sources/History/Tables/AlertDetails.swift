import AccessLog
import TrafficAnalysis

/// What a transition consists of besides its columns, with nothing rounded.
struct AlertDetails: Equatable {
  private static let version: UInt64 = 1

  var value: RuleValue
  var peak: RuleValue
  var changes: PerDimension<[NameChange]>

  init(_ transition: AlertTransition) {
    (value, peak, changes) = (transition.value, transition.peak, transition.changes)
  }

  // MARK: - Bytes

  var bytes: [UInt8] {
    var writer = WireWriter()
    writer.write(Self.version)
    Self.write(value, &writer)
    Self.write(peak, &writer)
    writer.write(changes.hasOthers ? UInt64(1) : 0)
    for dimension in changes.dimensions {
      writer.write(changes[dimension].count)
      for change in changes[dimension] {
        writer.write(change.name.bytes)
        Self.write(change.before, &writer)
        Self.write(change.now, &writer)
      }
    }
    return writer.bytes
  }

  private static func write(_ rate: Rate, _ writer: inout WireWriter) {
    writer.write(zigzag: Int64(rate.hits))
    writer.write(zigzag: rate.seconds)
  }

  private static func write(_ value: RuleValue, _ writer: inout WireWriter) {
    switch value {
    case .ratio(let rate):
      writer.write(UInt64(0))
      write(rate, &writer)
    case .latency(let microseconds):
      writer.write(UInt64(1))
      writer.write(microseconds.bitPattern)
    }
  }

  /// - Throws: if the bytes are anything else.
  init(_ bytes: [UInt8]) throws(WireFailure) {
    var reader = WireReader(bytes)
    let version = try reader.number()
    guard version == Self.version else { throw .unknownVersion(version) }
    value = try Self.value(&reader)
    peak = try Self.value(&reader)
    changes = PerDimension(withOthers: try reader.number() == 1) { _ in [] }
    for dimension in changes.dimensions {
      let count = try reader.count()
      for _ in 0..<count {
        let name = Name(Array(try reader.bytes()))
        let before = try Self.rate(&reader)
        changes[dimension].append(
          NameChange(name: name, before: before, now: try Self.rate(&reader)))
      }
    }
    guard reader.isAtEnd else { throw .tooLong }
  }

  private static func rate(_ reader: inout WireReader) throws(WireFailure) -> Rate {
    let hits = try reader.zigzag()
    let seconds = try reader.zigzag()
    guard seconds > 0 else { throw .badNumber }
    return Rate(hits: Int(hits), seconds: seconds)
  }

  private static func value(_ reader: inout WireReader) throws(WireFailure) -> RuleValue {
    switch try reader.number() {
    case 0: return .ratio(try rate(&reader))
    case 1:
      let microseconds = Double(bitPattern: try reader.number())
      guard microseconds.isFinite else { throw .badNumber }
      return .latency(microseconds)
    default: throw .badNumber
    }
  }
}
