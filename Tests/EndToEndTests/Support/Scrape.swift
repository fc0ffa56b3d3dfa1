import Foundation
import Testing
import WebClientKit

/// The values that a server of metrics gave at one moment, by series as they are written.
struct Scrape {
  /// Whether the library is installed, or must be because the environment demands complete checks.
  static let isExpected =
    ProcessInfo.processInfo.environment["LM2000_WITH_SERVERS"] != nil
    || ["/usr/lib/x86_64-linux-gnu/", "/usr/lib/aarch64-linux-gnu/", "/usr/lib64/", "/usr/lib/"]
      .contains { FileManager.default.fileExists(atPath: $0 + "libmicrohttpd.so.12") }

  let text: String
  private let values: [String: Double]

  /// - Returns: `nil` if nothing is served.
  init?(port: UInt16) {
    guard let answer = WebClient.request("GET", "/metrics", port: port), answer.status == 200 else {
      return nil
    }
    text = answer.body
    var values: [String: Double] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      guard let blank = line.lastIndex(of: " ") else { continue }
      values[String(line[..<blank])] = Double(line[line.index(after: blank)...])
    }
    self.values = values
  }

  /// The value of a series; `nil` if there is none.
  subscript(series: String) -> Double? { values[series] }

  /// The sum of all series of a metric.
  func sum(_ metric: String) -> Double {
    values.reduce(0) { $1.key.hasPrefix(metric + "{") ? $0 + $1.value : $0 }
  }

  /// The last closed second; `nil` before the first.
  var closedThrough: Int? { self["lm2000_last_closed_timestamp_seconds"].map { Int($0) } }
}
