import AccessLog
import Foundation
import TrafficGenerator

/// What a line of a report costs by the shape of the traffic: many hits a second, one hit a second,
/// many names, each with a small and a great lateness. JSON output is included.
@MainActor
enum TrafficShapes {
  /// Lines of the log in which every line has a client and a section of its own.
  private static let names = 900_000

  /// Measures every shape on a log of `lines` lines and prints a row for each.
  static func measure(lines: Int) {
    print("combined, \(lines) lines; the best of 5 runs, one core, JSON lines included")
    var dense: Double?
    for shape in shapes(lines: lines) {
      let log = SimulatedLog(
        lines: shape.lines, format: .combined, rate: shape.rate, uniqueNames: shape.uniqueNames)
      defer { log.remove() }
      for lateness in shape.latenesses {
        let name = lateness == 2 ? shape.name : "\(shape.name), --lateness \(lateness)"
        let measurement = Measurement.time(name) {
          ReportDriver.writeJSON(of: log.path, lateness: lateness)
        }
        let cost = measurement.seconds * 1e9 / Double(shape.lines)
        let base = dense ?? cost
        dense = base
        printRow(name, cost: cost, ratio: cost / base)
      }
    }
    Measurement.reportPeakMemory()
  }

  private struct Shape {
    var name: String
    var lines: Int
    /// Hits a second.
    var rate: Double
    var uniqueNames = false
    /// In seconds.
    var latenesses: [Int64]
  }

  /// The first one is what the others are compared with.
  private static func shapes(lines: Int) -> [Shape] {
    [
      Shape(name: "200 a second", lines: lines, rate: 200, latenesses: [2, 3600]),
      Shape(name: "1 a second", lines: lines, rate: 1, latenesses: [2, 3600, 86_400]),
      Shape(
        name: "\(names) names", lines: names, rate: 200, uniqueNames: true, latenesses: [2, 3600]),
    ]
  }

  /// - Parameter cost: nanoseconds a line.
  private static func printRow(_ name: String, cost: Double, ratio: Double) {
    print(
      name.padding(toLength: 30, withPad: " ", startingAt: 0)
        + String(format: "%8.0f ns a line %8.2f", cost, ratio))
  }
}
