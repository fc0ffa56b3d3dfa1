/// A generated log that can be written bare and in wrappers, and has the same figures both ways.
package struct WrappableLog: Sendable {
  package var options = ModelOptions()
  /// Lines without their ends.
  package private(set) var lines: [[UInt8]] = []

  /// - Parameters:
  ///   - isHostile: some lines are damaged, or look like a wrapper. Then the format is set, because
  ///     a line that has a name of its own has a format of its own.
  ///   - wrappers: the wrappers that the lines must keep their figures in.
  package init(
    seed: UInt64, format: String, count: Int, isHostile: Bool, wrappers: [WrapperWriter]
  ) {
    var random = RandomSource(seed: seed)
    for _ in 0..<4 { _ = random.next() }
    let needsAddress = wrappers.contains { $0.needsAddress }
    if isHostile || needsAddress { options.format = format }
    options.threshold = "5"
    options.window = 10
    options.top = 100
    var writer = LineWriter(format: format, isOdd: true, &random)
    let hasColors = wrappers.contains { $0.kind.contains("colors") }
    var time: Int64 = 1_700_000_000
    while lines.count < count {
      time += random.pick([0, 0, 0, 1])
      for line in random.chance(100)
        ? [writer.oddLine(&random)] : writer.lines(at: time, &random)
      {
        let isDamaged = isHostile && random.chance(200)
        let written = isDamaged ? GeneratedLog.damaged(line, &random) : line
        if Self.isWrappable(written, hasColors: hasColors, columnsStay: needsAddress) {
          lines.append(written)
        }
      }
    }
  }

  /// Whether the line is one line with the same meaning wherever it stands.
  private static func isWrappable(_ line: [UInt8], hasColors: Bool, columnsStay: Bool) -> Bool {
    if line.contains(10) || line.first == 0 || line.last == 13 || line.starts(with: [0xEF]) {
      return false
    }
    if line.contains(0x1B) && (hasColors || withoutLeadingColors(line).hadColor) { return false }
    if let wrapper = ModelWrapper.recognized(Array(line.drop { $0 == 0x20 })), wrapper.piece != nil
    {
      return false
    }
    if columnsStay && ModelFormat.all(zone: 0).contains(where: { $0.isHeader(line) }) {
      return false
    }
    return true
  }

  /// Removes all other lines.
  package mutating func keep(_ line: [UInt8]) {
    lines = [line]
  }

  /// The bare log.
  package var bytes: [UInt8] { lines.flatMap { $0 + [10] } }

  /// The log in wrappers, the innermost first. A line that cannot be found in a wrapper stays
  /// without it.
  package func bytes(in wrappers: [WrapperWriter], seed: UInt64) -> [UInt8] {
    var random = RandomSource(seed: seed)
    var bytes: [UInt8] = []
    for line in lines {
      var physical = [line]
      for wrapper in wrappers where isFound(line, in: wrapper) {
        physical = physical.flatMap { wrapper.wrap($0, &random) }
      }
      bytes += physical.flatMap { $0 + [10] }
    }
    return bytes
  }

  /// Whether the line is found in the wrapper: if need be, whether it begins with the address of its
  /// client, and nothing else is read into it.
  private func isFound(_ line: [UInt8], in wrapper: WrapperWriter) -> Bool {
    let words = words(line)
    if !wrapper.needsAddress {
      return wrapper.kind != "tag" || words.first != Array("-".utf8)
    }
    guard words.count > 2, isAddress(words[0]),
      !words[1...2].contains(where: { $0.last == UInt8(ascii: ":") })
    else { return false }
    guard wrapper.kind.hasPrefix("stern") else { return true }
    let format = ModelFormat(named: options.format, zone: options.logZone)
    guard case .record(let record) = format.judge(line) else { return false }
    return isAddress(record.client)
  }
}
