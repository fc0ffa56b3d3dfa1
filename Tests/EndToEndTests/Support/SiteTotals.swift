import Foundation

/// The totals of a log, either counted request by request or as the program reports them.
struct SiteTotals: Equatable {
  /// What a row of a ranking says about a name.
  struct Row: Equatable {
    var hits = 0
    /// 0 in the ranking of clients, which has no bytes.
    var bytes = 0
  }

  var lines = 0
  var hits = 0
  var bytes = 0
  var clients = 0
  var methods: [String: Int] = [:]
  var classes: [String: Int] = [:]
  /// The rows by ranking and by name.
  var rankings: [String: [String: Row]] = [:]

  private static let rankingNames = [
    "sections", "clients", "paths", "hosts", "users", "referrers", "agents", "codes", "sources",
  ]
  private static let methodNames = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
  ]

  /// Counts what a log must hold.
  ///
  /// - Parameter path: where the log is.
  init(of exchanges: [SiteLog.Exchange], in log: SiteLog, at path: String) {
    for exchange in exchanges where log.hasMalformed || !exchange.request.isMalformed {
      add(exchange, log, path)
    }
    clients = rankings["clients"]?.count ?? 0
  }

  private mutating func add(_ exchange: SiteLog.Exchange, _ log: SiteLog, _ path: String) {
    let (request, answer) = exchange
    let size = log.bytes(answer)
    lines += 1
    hits += 1
    bytes += size
    classes["\(answer.status / 100)xx", default: 0] += 1
    if !request.isMalformed {
      let method = Self.methodNames.contains(request.method) ? request.method : "other"
      methods[method, default: 0] += 1
    }
    let client = request.usesIPv6 && PlainClient.hasIPv6 ? "::1" : "127.0.0.1"
    rankings["clients", default: [:]][client, default: Row()].hits += 1
    let names = [
      "sections": request.section, "paths": log.text(Array(request.path.utf8)),
      "hosts": log.host(request), "users": log.user(exchange),
      "referrers": request.referrer.map(log.text) ?? "-",
      "agents": request.agent.map(log.text) ?? "-", "codes": "\(answer.status)", "sources": path,
    ]
    for (ranking, name) in names {
      rankings[ranking, default: [:]][name, default: Row()].hits += 1
      rankings[ranking, default: [:]][name, default: Row()].bytes += size
    }
  }

  /// Takes the totals of a report.
  ///
  /// - Parameter end: its event `end`.
  init(reported end: [String: Any]) {
    lines = end["lines"] as? Int ?? -1
    hits = end["hits"] as? Int ?? -1
    bytes = end["bytes"] as? Int ?? -1
    clients = end["unique_clients"] as? Int ?? -1
    methods = end["methods"] as? [String: Int] ?? [:]
    classes = (end["status"] as? [String: Int] ?? [:]).filter { $0.value > 0 }
    for ranking in Self.rankingNames {
      for row in end[ranking] as? [[String: Any]] ?? [] {
        guard let name = row["name"] as? String else { continue }
        rankings[ranking, default: [:]][name] = Row(
          hits: row["hits"] as? Int ?? -1, bytes: row["bytes"] as? Int ?? 0)
      }
    }
  }

  /// What differs from other totals, in words; empty if nothing does.
  func differences(from expected: SiteTotals) -> [String] {
    var differences: [String] = []
    for (name, found, wanted) in [
      ("lines", lines, expected.lines), ("hits", hits, expected.hits),
      ("bytes", bytes, expected.bytes), ("unique clients", clients, expected.clients),
    ] where found != wanted {
      differences.append("\(name): \(found), not \(wanted)")
    }
    if methods != expected.methods { differences.append("\(methods), not \(expected.methods)") }
    if classes != expected.classes { differences.append("\(classes), not \(expected.classes)") }
    for ranking in Self.rankingNames {
      let (found, wanted) = (rankings[ranking] ?? [:], expected.rankings[ranking] ?? [:])
      for name in Set(found.keys).union(wanted.keys).sorted() where found[name] != wanted[name] {
        let rows = [found[name], wanted[name]].map { row in
          row.map { "\($0.hits) hits, \($0.bytes) bytes" } ?? "absent"
        }
        differences.append("\(ranking), \(name): \(rows[0]), not \(rows[1])")
      }
    }
    return differences
  }
}
