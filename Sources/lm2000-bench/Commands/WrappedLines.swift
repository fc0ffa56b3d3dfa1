import Foundation
import TrafficGenerator

/// What a line costs inside what other programs put around it, beside the same line alone.
@MainActor
enum WrappedLines {
  /// How often each log is read, by turns with the one without wrappers.
  private static let pairs = 15

  /// Measures every wrapper on a log of `lines` lines and prints a row for each.
  static func measure(lines: Int) {
    print("combined, \(lines) lines of three servers, JSON output included; \(pairs) pairs each")
    for wrapper in LineWrapper.allCases {
      let bare = SimulatedLog(lines: lines, format: .combined)
      let wrapped = SimulatedLog(lines: lines, format: .combined, wrappers: [wrapper])
      defer {
        bare.remove()
        wrapped.remove()
      }
      var costs: [Double] = []
      var ratios: [Double] = []
      for _ in 0..<pairs {
        let alone = time(bare)
        let inside = time(wrapped)
        costs.append(inside * 1e9 / Double(lines))
        ratios.append(inside / alone)
      }
      print(
        wrapper.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0)
          + String(format: "%6.0f ns a line %7.2f", median(costs), median(ratios)))
    }
  }

  /// The time of reading a log once, in seconds.
  private static func time(_ log: SimulatedLog) -> Double {
    Measurement.time(log.path, runs: 1) { ReportDriver.writeJSON(of: log.path) }.seconds
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
