import AccessLog

extension SourceSummary {
  /// What the source is, without its name: `format combined in syslog (3 names); 12 of 4831 lines
  /// rejected, 0.2 % (8 shape, 4 time)`.
  ///
  /// - Parameter number: formats a count.
  package func text(_ number: (Int) -> String = { String($0) }) -> String {
    if let listener { return listener.text(number) }
    var text = "format \(format ?? "unknown")" + wrappers.text
    if names > 1 { text += " (\(number(names)) names)" }
    text +=
      "; \(number(rejected.total)) of \(Wording.count(lines, "line", number: number)) rejected"
    guard rejected.total > 0 else { return text }
    return text + ", " + Wording.percent(rejected.total, of: lines)
      + " (\(rejected.reasons(number)))"
  }
}

extension [SourceSummary] {
  /// The most peers of listeners that a list names.
  private static var mostPeers: Int { 20 }

  /// The places of those that a list of all sources names, and what follows them if there are too many
  /// peers: `… and 980 more`.
  package var listed: (places: [Int], more: Notice?) {
    let unnamed = Set(indices.filter { self[$0].isPeer }.dropFirst(Self.mostPeers))
    guard !unnamed.isEmpty else { return (indices.map { $0 }, nil) }
    return (indices.filter { !unnamed.contains($0) }, .moreSources(unnamed.count))
  }
}

extension [Wrapper] {
  /// ` in syslog`, ` in docker compose, colours`; empty without any.
  package var text: String {
    isEmpty ? "" : " in " + map(\.name).joined(separator: ", ")
  }
}

extension Wrapper {
  /// What people call it.
  fileprivate var name: String {
    switch self {
    case .colors: "colours"
    case .kubectl: "kubectl"
    case .stern: "stern"
    case .compose: "docker compose"
    case .swarm: "docker swarm"
    case .syslog: "syslog"
    case .journal: "journal"
    case .docker: "docker json-file"
    case .cri: "CRI"
    }
  }
}
