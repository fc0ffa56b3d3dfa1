import Foundation
import Testing

/// The hits of a log in the format csv, counted independently of the program: slowly, hit by hit.
struct LogTruth: Sendable {
  struct Hit: Sendable {
    var second: Int
    var client: String
    var section: String
    var status: String
    var bytes: Int

    var isServerError: Bool { status.hasPrefix("5") }
    var isClientError: Bool { status.hasPrefix("4") }
  }

  /// The figures of a name over some seconds.
  struct Figures {
    var hits = 0
    var clientErrors = 0
    var serverErrors = 0
    var bytes = 0
    var perSecond: [Int: Int] = [:]

    var peak: Int { perSecond.values.max() ?? 0 }
    var first: Int { perSecond.keys.min() ?? 0 }
    var last: Int { perSecond.keys.max() ?? 0 }

    mutating func add(_ hit: Hit) {
      hits += 1
      clientErrors += hit.isClientError ? 1 : 0
      serverErrors += hit.isServerError ? 1 : 0
      bytes += hit.bytes
      perSecond[hit.second, default: 0] += 1
    }
  }

  var hits: [Hit]

  /// The fixture with two alerts.
  static let fixture = LogTruth(contentsOf: Built.fixture)
  /// Its last second.
  static let fixtureEnd = 1_773_479_459

  init(_ hits: [Hit]) {
    self.hits = hits
  }

  private init(contentsOf path: String) {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    hits = text.replacing("\"", with: "").split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let path = fields[4].split(separator: " ")[1].prefix { $0 != "?" }
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      guard let second = Int(fields[3]), let bytes = Int(fields[6]) else { return nil }
      return Hit(
        second: second, client: String(fields[0]), section: "/" + (parts.count > 1 ? parts[1] : ""),
        status: String(fields[5]), bytes: bytes)
    }
  }

  /// The log as the program reads it.
  var text: String {
    hits.map {
      "\($0.client),-,-,\($0.second),GET \($0.section)/x HTTP/1.1,\($0.status),\($0.bytes)\n"
    }.joined()
  }

  // MARK: - Counts

  /// The figures of each name over some seconds.
  func figures(
    of name: (Hit) -> String, in seconds: ClosedRange<Int>
  ) -> [String: Figures] {
    hits.reduce(into: [:]) { figures, hit in
      if seconds.contains(hit.second) { figures[name(hit), default: Figures()].add(hit) }
    }
  }

  /// The names with the most hits over some seconds; several if they have as many.
  func top(_ name: (Hit) -> String, in seconds: ClosedRange<Int>) -> [String] {
    let counts = figures(of: name, in: seconds).mapValues(\.hits)
    let most = counts.values.max()
    return counts.filter { $0.value == most }.map(\.key)
  }

  func count(in seconds: ClosedRange<Int>) -> Int {
    hits.count { seconds.contains($0.second) }
  }

  /// The alerts with the usual rule, over 10 hits/s in 120 s, that have recovered: their beginnings, the
  /// length, and the greatest number of hits in a window.
  var alerts: [(start: Int, duration: Int, mostHits: Int)] {
    guard let first = hits.first?.second, let last = hits.last?.second else { return [] }
    var alerts: [(start: Int, duration: Int, mostHits: Int)] = []
    var active: (start: Int, most: Int)?
    for now in first...last {
      let window = count(in: now - 119...now)
      if let alert = active, window <= 1_200 {
        alerts.append((alert.start, now - alert.start, alert.most))
        active = nil
      } else if window > 1_200 {
        active = (active?.start ?? now, max(active?.most ?? 0, window))
      }
    }
    return alerts
  }
}

/// Times and figures as people write them.
enum Written {
  /// `09:03:40`, in UTC.
  static func clock(_ second: Int) -> String {
    let time = second % 86_400
    return String(format: "%02d:%02d:%02d", time / 3_600, time / 60 % 60, time % 60)
  }

  /// The second of the day of the fixture at a time such as `09:03:40`.
  static func second(_ clock: some StringProtocol) -> Int {
    let parts = clock.split(separator: ":").compactMap { Int($0) }
    return 1_773_446_400 + parts.reduce(0) { $0 * 60 + $1 }
  }

  /// A number of hits over some seconds as a rate with two decimals, rounded half away from zero.
  static func rate(_ hits: Int, over seconds: Int) -> String {
    let hundredths = (hits * 200 + seconds) / (2 * seconds)
    return "\(hundredths / 100)." + String(format: "%02d", hundredths % 100)
  }

  /// `1:39`
  static func duration(_ seconds: Int) -> String {
    String(format: "%d:%02d", seconds / 60, seconds % 60)
  }

  /// `1,525`
  static func count(_ number: Int) -> String {
    number < 1_000 ? "\(number)" : "\(number / 1_000)," + String(format: "%03d", number % 1_000)
  }
}
