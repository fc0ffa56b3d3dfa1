/// What hits can be ranked by, besides their section and client, in the order of an interval's figures.
enum ModelDimension: String, CaseIterable {
  case path, host, user, referrer, agent, status, source

  /// The key of its rows.
  var key: String {
    switch self {
    case .path: "paths"
    case .host: "hosts"
    case .user: "users"
    case .referrer: "referrers"
    case .agent: "agents"
    case .status: "codes"
    case .source: "sources"
    }
  }

  /// The name of a hit.
  func name(of hit: ModelRecord) -> [UInt8] {
    let name =
      switch self {
      case .path: hit.request.path
      case .host: hit.extras.host
      case .user: hit.extras.user
      case .referrer: hit.extras.referrer
      case .agent: hit.extras.agent
      case .status: statusText(hit)
      case .source: hit.source
      }
    return name.isEmpty ? Array("-".utf8) : name
  }
}

/// The status as it is written: three digits or `-`.
func statusText(_ record: ModelRecord) -> [UInt8] {
  guard let status = record.status else { return Array("-".utf8) }
  let digits = String(status)
  return Array((String(repeating: "0", count: 3 - digits.count) + digits).utf8)
}
