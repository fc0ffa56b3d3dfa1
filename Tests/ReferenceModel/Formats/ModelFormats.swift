/// The names of the formats. The first four are one reader, and so are `json` and `caddy`, `w3c` and
/// `cloudfront`.
package let formatNames =
  ["vcombined", "combined", "common", "traefik", "csv", "json", "caddy", "w3c", "cloudfront"]
  + ModelServer.allCases.map(\.rawValue)

/// What reads the lines of a log, or of what has one name in it.
struct ModelFormat {
  enum Kind: Equatable {
    case commonLog, json, w3c, csv
    /// A load balancer or proxy.
    case server(ModelServer)
    case custom(ModelLayout)
  }

  let kind: Kind
  /// The offset of times without a zone, in seconds east of UTC.
  let zone: Int64
  /// The columns at this line, in a format that has them.
  var columns: [[UInt8]]

  init(_ kind: Kind, zone: Int64) {
    self.kind = kind
    self.zone = zone
    columns = kind == .w3c ? [] : usualColumns
  }

  /// The format with a name, or that of a format string.
  init(named name: String, zone: Int64) {
    let kind: Kind =
      switch name {
      case "csv": .csv
      case "json", "caddy": .json
      case "w3c", "cloudfront": .w3c
      case "common", "combined", "vcombined", "traefik": .commonLog
      default: ModelServer(rawValue: name).map { .server($0) } ?? .custom(ModelLayout(name))
      }
    self.init(kind, zone: zone)
  }

  /// The readers, the most specific first.
  static func all(zone: Int64) -> [ModelFormat] {
    let kinds = ModelServer.allCases.map { Kind.server($0) } + [.commonLog, .json, .w3c, .csv]
    return kinds.map { ModelFormat($0, zone: zone) }
  }

  func judge(_ line: [UInt8]) -> Judgement {
    if line.count > lineLimit { return .rejected(.oversize) }
    return switch kind {
    case .json: judgeJSON(line, zone: zone)
    case .w3c: judgeW3C(line, columns: columns, zone: zone)
    case .commonLog: judgeCommonLog(line, zone: zone)
    case .csv: judgeCSV(line, columns: columns)
    case .server(let server): server.judge(line, zone: zone)
    case .custom(let layout): layout.judge(line, zone: zone)
    }
  }

  /// Whether the line names the columns of those after it.
  func isHeader(_ line: [UInt8]) -> Bool {
    if case .header = judge(line) { return true }
    return false
  }

  /// Whether the line decides for the format.
  func accepts(_ line: [UInt8]) -> Bool {
    switch judge(line) {
    case .record: true
    case .header(let names): kind != .w3c || isCompleteW3C(names)
    case .rejected, .ignored: false
    }
  }

  /// The name of the format that a line it accepts is written in.
  func name(of line: [UInt8]) -> String {
    switch kind {
    case .json: return isCaddy(line) ? "caddy" : "json"
    case .commonLog: return commonLogMember(line)
    case .csv: return "csv"
    case .server(let server): return server.rawValue
    case .custom: return "custom"
    case .w3c:
      if case .header(let names) = judge(line) { return isCloudFront(names) ? "cloudfront" : "w3c" }
      return line.contains(0x09) ? "cloudfront" : "w3c"
    }
  }
}

/// The judgement of a line that no format accepts: the reason of the one that got furthest.
func furthestRejection(_ line: [UInt8], zone: Int64) -> Judgement {
  let order = ModelRejection.allCases
  var furthest = ModelRejection.oversize
  for format in ModelFormat.all(zone: zone) {
    guard case .rejected(let reason) = format.judge(line),
      order.firstIndex(of: reason)! > order.firstIndex(of: furthest)!
    else { continue }
    furthest = reason
  }
  return .rejected(furthest)
}
