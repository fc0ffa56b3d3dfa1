/// Which records are asked for: an expression, and the text that a user writes for it.
package struct ModelFilter: Equatable, Sendable {
  package var expression: ModelExpression
  package var text: String

  package init(_ expression: ModelExpression, text: String) {
    (self.expression, self.text) = (expression, text)
  }

  func accepts(_ record: ModelRecord) -> Bool { expression.holds(for: record) }
}

/// What an expression means.
package indirect enum ModelExpression: Equatable, Sendable {
  case and([ModelExpression])
  case or([ModelExpression])
  case not(ModelExpression)
  case comparison(ModelComparison)

  func holds(for record: ModelRecord) -> Bool {
    switch self {
    case .and(let terms): terms.allSatisfy { $0.holds(for: record) }
    case .or(let terms): terms.contains { $0.holds(for: record) }
    case .not(let term): !term.holds(for: record)
    case .comparison(let comparison): comparison.holds(for: record)
    }
  }
}

/// A fact of a record that can be compared.
package enum ModelField: String, CaseIterable, Sendable {
  case section, path, query, client, host, user, method, status, bytes, latency, referrer, agent
  case source, bot

  /// The fact as a text; `-` if the record does not have it.
  func text(of record: ModelRecord) -> [UInt8] {
    let missing = Array("-".utf8)
    /// A text of a line, where an empty one stands for none.
    func named(_ text: [UInt8]) -> [UInt8] { text.isEmpty ? missing : text }
    return switch self {
    case .section: record.request.section
    case .path: record.request.path
    case .query: record.request.query ?? missing
    case .client: named(record.client)
    case .host: named(record.extras.host)
    case .user: named(record.extras.user)
    case .method: record.request.methodText
    case .status: statusText(record)
    case .bytes: Array(String(record.bytes).utf8)
    case .latency: record.extras.latency.map { Array(secondsText($0).utf8) } ?? missing
    case .referrer: named(record.extras.referrer)
    case .agent: named(record.extras.agent)
    case .source: named(record.source)
    case .bot: botText(named(record.extras.agent))
    }
  }

  /// The fact as a number, a latency in microseconds; `nil` if the record does not have it.
  func number(of record: ModelRecord) -> Int64? {
    switch self {
    case .status: record.status.map { Int64($0) }
    case .bytes: record.bytes
    case .latency: record.extras.latency
    default: nil
    }
  }

  /// Whether it compares as a number.
  package var isNumber: Bool { self == .status || self == .bytes || self == .latency }
}

private func botText(_ agent: [UInt8]) -> [UInt8] {
  if agent == Array("-".utf8) { return agent }
  let text = lowercased(agent)
  let parts = ["bot", "crawl", "spider", "slurp", "http://", "https://"]
  let starts = ["curl/", "Wget/", "python-", "Go-http-client", "kube-probe"]
  let isBot =
    parts.contains { contains(text, Array($0.utf8)) }
    || starts.contains { agent.starts(with: Array($0.utf8)) }
  return Array((isBot ? "yes" : "no").utf8)
}

private func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
  text.indices.contains { text[$0...].starts(with: part) }
}
