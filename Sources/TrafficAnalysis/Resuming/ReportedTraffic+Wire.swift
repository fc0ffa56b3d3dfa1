import AccessLog

// What a run that continues must know, in few bytes: the last second that was closed, and the alerts that
// were active then. All numbers are unsigned LEB128, times zigzag-encoded.
//
//   version    1
//   closed
//   begun      1 and the time, or 0
//   alerts     number of active ones; for each
//     rule     its name
//     key      1 and the name, or 0
//     time     when it triggered
//     hits value peak

extension ReportedTraffic {
  private static let version: UInt64 = 1

  /// The stored form; `nil` if no second was closed.
  package var encoded: [UInt8]? {
    guard let closedThrough else { return nil }
    var writer = WireWriter()
    writer.write(Self.version)
    writer.write(zigzag: closedThrough.value)
    writer.write(begun)
    let active = active
    writer.write(active.count)
    for alert in active {
      writer.write(Array(alert.rule.name.utf8))
      writer.write(alert.key != nil)
      if let key = alert.key { writer.write(key.bytes) }
      writer.write(zigzag: alert.second.value)
      writer.write(alert.hits)
      writer.write(alert.value)
      writer.write(alert.peak)
    }
    return writer.bytes
  }

  /// Decodes the stored form.
  ///
  /// - Parameter options: those of the run that continues. Alerts of rules that it does not have are left
  ///   out.
  /// - Throws: `WireFailure` if the version is unknown, or if the bytes are truncated or contradictory.
  package init(decoding bytes: [UInt8], _ options: AnalysisOptions) throws(WireFailure) {
    let rules =
      options.rules
      + [.highTraffic(threshold: options.threshold, window: options.alertWindow)]
    var reader = WireReader(bytes)
    let version = try reader.number()
    guard version == Self.version else { throw .unknownVersion(version) }
    self.init(closedThrough: EpochSecond(try reader.zigzag()), alerts: [])
    begun = try reader.time()
    for _ in 0..<(try reader.count()) {
      let name = String(decoding: try reader.bytes(), as: UTF8.self)
      let key = try reader.flag() ? Name(Array(try reader.bytes())) : nil
      let second = EpochSecond(try reader.zigzag())
      let (hits, value, peak) = (
        try reader.count(), try reader.ruleValue(), try reader.ruleValue()
      )
      guard let rule = rules.first(where: { $0.name == name }) else { continue }
      var alert = AlertTransition(
        rule: rule, key: key, change: .triggered, second: second, hits: hits, value: value)
      alert.peak = peak
      alerts.append(alert)
    }
    guard reader.isAtEnd else { throw .tooLong }
  }
}
