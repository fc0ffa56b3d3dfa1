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
    writer.write(value)
    writer.write(peak)
    writer.write(changes.hasOthers ? UInt64(1) : 0)
    for dimension in changes.dimensions {
      writer.write(changes[dimension].count)
      for change in changes[dimension] {
        writer.write(change.name.bytes)
        writer.write(change.before)
        writer.write(change.now)
      }
    }
    return writer.bytes
  }

  /// - Throws: if the bytes are anything else.
  init(_ bytes: [UInt8]) throws(WireFailure) {
    var reader = WireReader(bytes)
    let version = try reader.number()
    guard version == Self.version else { throw .unknownVersion(version) }
    value = try reader.ruleValue()
    peak = try reader.ruleValue()
    changes = PerDimension(withOthers: try reader.number() == 1) { _ in [] }
    for dimension in changes.dimensions {
      let count = try reader.count()
      for _ in 0..<count {
        let name = Name(Array(try reader.bytes()))
        let before = try reader.rate()
        changes[dimension].append(
          NameChange(name: name, before: before, now: try reader.rate()))
      }
    }
    guard reader.isAtEnd else { throw .tooLong }
  }
}
