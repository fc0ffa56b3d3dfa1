import TrafficGenerator

/// What a line costs inside what other programs put around it, beside the same line alone.
@MainActor
enum WrappedLines {
  /// How often each log is read, by turns with the one without wrappers.
  private static let pairs = 15

  /// Measures every wrapper on a log of `lines` lines and prints a row for each.
  static func measure(lines: Int) {
    print("combined, \(lines) lines of three servers, JSON output included; \(pairs) pairs each")
    let table = TextTable(nameWidth: 14, columnWidths: [18, 22])
    table.print("", ["ns a line", "the line alone = 1"])
    let bare = SimulatedLog(.plain, lines: lines)
    defer { bare.remove() }
    for wrapper in LineWrapper.allCases {
      let wrapped = SimulatedLog(
        LogShape(name: wrapper.rawValue, wrappers: [wrapper]), lines: lines)
      defer { wrapped.remove() }
      let stages: [Measurement.Stage] = [bare, wrapped].map { log in
        (log.path, { ReportDriver.writeJSON(of: log.path) })
      }
      let pairs = Measurement.turns(Self.pairs, of: stages)
      table.print(
        wrapper.rawValue,
        [
          Spread(pairs.map { $0[1] }).text(scale: 1e9 / Double(lines), digits: 0),
          Spread(pairs.map { $0[1] / $0[0] }).text(digits: 2),
        ])
    }
  }
}
