/// A generated log with known answers: 64 minutes of traffic of 2,000 clients, the last four of them
/// with a surge that one client causes in one section.
enum SurgeLog {
  /// Where the wall clock stands: the last second.
  static let end = LogTruth.fixtureEnd
  static let start = end - 64 * 60 + 1
  /// The first second of the surge.
  static let surge = end - 4 * 60 + 1
  static let culprit = "198.51.100.77"
  static let section = "/export"
  /// The section with most server errors, although it has few hits.
  static let failing = "/pay"

  static let truth: LogTruth = {
    var hits: [LogTruth.Hit] = []
    for second in start...end {
      let number = second - start
      func add(_ client: String, _ section: String, _ status: String) {
        hits.append(
          LogTruth.Hit(second: second, client: client, section: section, status: status, bytes: 100)
        )
      }
      for offset in 0..<2 {
        let visitor = (number * 2 + offset) % 2_000
        add("10.7.\(visitor / 250).\(visitor % 250)", offset == 0 ? "/shop" : "/news", "200")
      }
      if number % 3 == 0 { add("192.0.2.9", failing, number % 9 == 0 ? "503" : "200") }
      if number % 5 == 0 { add("192.0.2.10", "/news", number % 50 == 0 ? "500" : "404") }
      if second >= surge { for _ in 0..<20 { add(culprit, section, "200") } }
    }
    return LogTruth(hits)
  }()

  /// Starts the program on the log as if it were being written now.
  ///
  /// - Parameter folder: where the log is written.
  static func watch(
    in folder: Folder, _ options: String = "", columns: Int = 120, rows: Int = 36
  ) throws -> Terminal {
    try folder.append(truth.text, to: "surge.csv")
    return try Terminal(
      "cd '\(folder.path(""))' && \(Built.program) --utc --idle-grace 86400 \(options) surge.csv",
      columns: columns, rows: rows, environment: ["LM2000_INJECT_CLOCK": "\(end)"])
  }
}
