/// A small log that is generated from a seed, and options to read it with.
package struct GeneratedLog: Sendable {
  package var bytes: [UInt8]
  package var options: ModelOptions

  /// Whether a format string describes it.
  var hasFormatString: Bool { LayoutLineWriter.formats.contains(options.format) }

  package init(seed: UInt64) {
    var random = RandomSource(seed: seed)
    // Neighbouring seeds start with similar numbers, so some are skipped.
    for _ in 0..<4 { _ = random.next() }
    let format = Self.format(&random)
    options = Self.options(format: format, &random)
    let story = TrafficStory(options: options, &random)
    options = story.options
    var writer = LineWriter(
      format: format, isPlain: story.isLong, zone: options.logZone, &random)
    bytes = Self.bytes(story, writer: &writer, &random)
  }

  /// One of the formats: every other log is of the common-log family or CSV, which have rules for
  /// lines of their own, and one of ten is described by a format string.
  static func format(_ random: inout RandomSource) -> String {
    switch random.number(0...9) {
    case 0: random.pick(LayoutLineWriter.formats)
    case 1...5: random.pick(Array(formatNames.prefix(5)))
    default: random.pick(Array(formatNames.dropFirst(5)))
    }
  }

  static func options(format: String, _ random: inout RandomSource) -> ModelOptions {
    var options = ModelOptions()
    if !formatNames.contains(format) {
      // Only the option says what such lines mean.
      options.format = format
    } else if random.chance(400) {
      options.format = random.chance(800) ? format : random.pick(formatNames)
    }
    options.statsInterval = random.pick([
      1, 1, 2, 2, 3, 3, 5, 5, 7, 7, 10, 10, 10, 10, 30, 30, 60, 60, 3600, 86_400, Int64.max,
    ])
    options.window = random.pick([
      1, 1, 2, 2, 3, 3, 5, 5, 10, 10, 10, 20, 20, 60, 60, 120, 120, Int64.max,
    ])
    options.threshold = random.pick([
      "0.01", "0.1", "0.333", ".5", "0.50", "1", "1.0", "1.5", "2", "2.5", "3", "03", "7.25", "10",
      "0.0000000000000000000000001", "100000000000000000000000000",
    ])
    options.lateness = random.pick([0, 0, 1, 2, 2, 2, 3, 5, 30, 100, 100_000, Int64.max])
    options.maxJump = random.pick([
      0, 0, 1, 2, 5, 10, 30, 60, 60, 60, 60, 300, 100_000, Int64.max,
    ])
    options.top = random.pick([1, 2, 3, 10, 10, 10])
    options.logZone = random.pick([0, 0, 0, 0, 3600, -12_600, 50_400, -53_940])
    if random.chance(300) {
      options.ranks = Set(dimensionNames.filter { _ in random.chance(500) })
    }
    options.reportsTotals = random.chance(300)
    return options
  }

  private static func bytes(
    _ story: TrafficStory, writer: inout LineWriter, _ random: inout RandomSource
  ) -> [UInt8] {
    var bytes: [UInt8] = random.chance(80) ? [0xEF, 0xBB, 0xBF] : []
    let lineEnd: [UInt8] = random.chance(80) ? [13, 10] : [10]
    let trouble = story.isLong || writer.isStrict ? 0 : random.pick([0, 0, 10, 50, 300])
    var wrapping = LogWrapping(keepsOrder: story.isLong || writer.isStrict, &random)
    func append(_ line: [UInt8]) {
      for physical in wrapping.wrap(line, &random) {
        if random.chance(trouble / 10) { continue }
        bytes += (random.chance(trouble / 4) ? damaged(physical, &random) : physical) + lineEnd
      }
    }
    if writer.format == "csv" && random.chance(300) { append(writer.header(&random)) }
    for time in story.times {
      if random.chance(trouble) { append(writer.oddLine(&random)) }
      for line in writer.lines(at: time, &random) {
        append(random.chance(trouble) ? damaged(line, &random) : line)
      }
    }
    if random.chance(300) && !bytes.isEmpty { bytes.removeLast() }
    if random.chance(20) { bytes += [0, 0, 0] }
    // Files that begin like this are refused.
    let foreign: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF], [0x1F, 0x8B]]
    return foreign.contains { bytes.starts(with: $0) } ? [UInt8(ascii: "x")] + bytes : bytes
  }

  /// The line with a few bytes removed, inserted, doubled or replaced, or cut off.
  static func damaged(_ line: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    let special = Array("\"\"\\[], \t-+:/.019aZ%".utf8) + [0, 10, 13, 0x80, 0xC3, 0xFF, 0x1B]
    var line = line
    for _ in 0..<random.number(1...3) where !line.isEmpty {
      let place = random.number(0...(line.count - 1))
      switch random.number(0...6) {
      case 0: line.remove(at: place)
      case 1: line.insert(random.pick(special), at: place)
      case 2: line.insert(line[place], at: place)
      case 3: line.removeSubrange(place...min(place + random.number(0...8), line.count - 1))
      case 4: line.removeSubrange(place...)
      case 5: line.insert(contentsOf: Array(random.pick(specialTexts).utf8), at: place)
      default: line[place] = random.pick(special)
      }
    }
    return line
  }
}

/// The dimensions that a log can be ranked by besides sections and clients.
package let dimensionNames = ModelDimension.allCases.map(\.rawValue)

/// Texts that mean something in a line or in a wrapper.
private let specialTexts = [
  "] \"", "[25/Nov/2026:12:00:01 +0000] \"", "\" 200 5 ", "\\\"", ", ", "10.0.0.9 ", "unknown, ",
  "::1 ", ":443 ", "web-1 nginx: ", "web-1 | ", "\u{1B}[31m", "\u{1B}[0m", "{\"log\":\"", "\\u0022",
  "\\ud800", "<190>1 ", "[pod/x/y] ", "2026-11-25T12:00:01Z stdout P ", "Nov 25 12:00:01 ", "- - ",
  "\\n\"}", "#Fields: date time c-ip sc-status\n", "{", "}", ",\"status\":404", "\\u002", "\t",
]
