import AccessLog
import LogParsing

/// What parsing a line costs in each format, beside combined.
enum FormatBench {
  private static let turns = 9
  private static let size = 8 << 20

  /// Lines of one format.
  private struct Lines {
    let name: String
    let format: NamedFormat?
    let bytes: [UInt8]
    let count: Int

    /// - Parameter line: one line; its client varies.
    init(_ name: String, _ format: NamedFormat?, line: String) {
      self.name = name
      self.format = format
      var bytes: [UInt8] = []
      var count = 0
      while bytes.count < FormatBench.size {
        let client = "203.0.113.\(count % 250)"
        bytes += line.replacing("203.0.113.57", with: client).utf8
        bytes.append(UInt8(ascii: "\n"))
        count += 1
      }
      self.count = count
      self.bytes = bytes + [UInt8](repeating: 0, count: LineBytes.padding)
    }

    /// - Returns: the number of hits.
    func parse(_ wanted: DimensionSet) -> Int {
      var options = ParsingOptions()
      options.wanted = wanted
      var parser = LogParser(format: format, options)
      let batch = RecordBatch(options.wantedFacts)
      return bytes.withUnsafeBufferPointer { buffer in
        _ = parser.parse(
          UnsafeBufferPointer(start: buffer.baseAddress, count: bytes.count - LineBytes.padding),
          isLast: true, into: batch)
        return batch.records.count
      }
    }
  }

  /// A format string of nginx with the time to answer behind the fields of combined, and its line.
  private static let customFormat =
    #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "#
    + #""$http_referer" "$http_user_agent" $request_time"#
  private static let customLine =
    "203.0.113.57 - - [14/Mar/2026:09:26:53 +0100] "
    + #""GET /shop/cart?item=91 HTTP/1.1" 200 5213 "https://example.org/shop" "#
    + #""Mozilla/5.0 (X11; Linux x86_64)" 0.018"#

  /// Measures all formats and prints the figures.
  ///
  /// - Parameter wanted: the dimensions in which lines get names besides the common ones.
  static func measure(_ wanted: DimensionSet) {
    let formats = FormatCatalog.all.filter { $0.name != "combined" }
    let combined = FormatCatalog.all.filter { $0.name == "combined" }
    let logs =
      (combined + formats).map { Lines($0.name, $0, line: $0.example) }
      + [Lines("custom", try? NamedFormat(custom: customFormat), line: customLine)]
    let stages: [Measurement.Stage] = logs.map { log in
      (log.name, { log.parse(wanted) == log.count ? log.count : 0 })
    }
    let times = Measurement.turns(turns, of: stages)
    print("medians of \(turns) turns (with the quartiles); combined is 1")
    let table = TextTable(nameWidth: 12, columnWidths: [9, 20, 10, 24])
    table.print("", ["bytes", "ns a line", "ns a byte", "a byte, combined = 1"])
    for (index, log) in logs.enumerated() {
      let length = Double(log.bytes.count) / Double(log.count)
      let perByte = times.map { $0[index] / Double(log.bytes.count) }
      let combined = times.map { $0[0] / Double(logs[0].bytes.count) }
      table.print(
        log.name,
        [
          "\(Int(length))",
          Spread(times.map { $0[index] }).text(scale: 1e9 / Double(log.count), digits: 1),
          Spread(perByte).text(scale: 1e9, digits: 2),
          Spread(zip(perByte, combined).map { $0 / $1 }).text(digits: 2),
        ])
    }
  }
}
