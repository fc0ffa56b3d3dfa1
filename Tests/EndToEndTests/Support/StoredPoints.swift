import Foundation

/// The values of each series at each time.
struct StoredPoints: Equatable {
  /// By field, dimension and name, and then by time.
  private(set) var values: [String: [Int: Set<Double>]] = [:]
  /// The values of the tags that all series have.
  private(set) var common: Set<[String]> = []

  static func == (left: StoredPoints, right: StoredPoints) -> Bool { left.values == right.values }

  /// The number of points.
  var count: Int { values.values.reduce(0) { $0 + $1.count } }

  /// Whether no series has two values at a time.
  var areUnambiguous: Bool { values.values.allSatisfy { $0.values.allSatisfy { $0.count == 1 } } }

  /// Adds a value that a store has.
  mutating func add(_ field: String, _ tags: [String: String], _ time: Int, _ value: Double) {
    add(field, tags["dimension"] ?? "", tags["name"].map(Self.unescaped) ?? "", time, value)
    common.insert(["host", "interval", "log", "filter"].map { tags[$0] ?? "" })
  }

  private mutating func add(
    _ field: String, _ dimension: String, _ name: String, _ time: Int, _ value: Double
  ) {
    values["\(field)|\(dimension)|\(name)", default: [:]][time, default: []].insert(value)
  }

  /// The name that a tag stands for.
  private static func unescaped(_ text: String) -> String {
    if text == #"\x"# { return "" }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.popFirst() {
      let digits = String(decoding: rest.dropFirst().prefix(2), as: UTF8.self)
      if first == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x"),
        let byte = UInt8(digits, radix: 16)
      {
        bytes.append(byte)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(first)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

// MARK: - What the program has printed

extension StoredPoints {
  private static let dimensions = [
    "sections": "section", "clients": "client", "paths": "path", "hosts": "host", "users": "user",
    "referrers": "referrer", "agents": "agent", "codes": "status", "sources": "source",
  ]

  /// The points of the intervals in the JSON lines of a run.
  ///
  /// - Parameter isIncluded: which intervals.
  init(ndjson: String, _ isIncluded: ([String: Any]) -> Bool = { _ in true }) {
    for line in ndjson.split(separator: "\n") {
      guard
        let event = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        event["event"] as? String == "interval", isIncluded(event),
        let time = event["from"] as? Int
      else { continue }
      add(event, at: time)
    }
  }

  private mutating func add(_ event: [String: Any], at time: Int) {
    for (key, value) in event where !["event", "from", "to", "partial"].contains(key) {
      switch value {
      case let rows as [[String: Any]]:
        for row in rows {
          let name = row["name"] as? String ?? ""
          for (field, value) in row where field != "name" {
            add(field, Self.dimensions[key] ?? key, name, time, value as? Double ?? .nan)
          }
        }
      case let group as [String: Any]:
        let prefix = key == "methods" ? "method" : key
        for (field, value) in group {
          add("\(prefix)_\(field)", "", "", time, value as? Double ?? .nan)
        }
      default: add(key, "", "", time, value as? Double ?? .nan)
      }
    }
  }
}
