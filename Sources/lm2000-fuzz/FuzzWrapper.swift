/// What an input may put around its lines.
enum FuzzWrapper: CaseIterable {
  case none, compose, kubectl, rfc5424, syslog, iso, cri, journal
  case criPiece, docker, dockerPiece, journalText, stern, color, untagged, hostOnly

  /// The wrappers that are taken off whatever the line inside is.
  static let certain: [FuzzWrapper] = [
    .none, .compose, .kubectl, .rfc5424, .syslog, .iso, .cri, .journal,
  ]

  func wrap(_ line: [UInt8]) -> [UInt8] {
    switch self {
    case .none: line
    case .compose: Array("nginx-1  | ".utf8) + line
    case .kubectl: Array("[pod/nginx-5c9d7/nginx] ".utf8) + line
    case .rfc5424: Array("<190>1 2026-03-14T09:26:00Z web1 nginx - - [a b=\"\\]\"] ".utf8) + line
    case .syslog: Array("<190>Mar 14 09:26:00 web1 nginx[7]: ".utf8) + line
    case .iso: Array("2026-03-14T09:26:00.5+00:00 web2 nginx: ".utf8) + line
    case .cri: Array("2026-03-14T09:26:00.5Z stdout F ".utf8) + line
    case .criPiece: Array("2026-03-14T09:26:00.5Z stdout P ".utf8) + line
    case .docker: Array("{\"log\":\"".utf8) + Self.escaped(line) + Array("\\n\"}".utf8)
    case .dockerPiece:
      Array("{\"stream\":\"stderr\",\"log\":\"".utf8) + Self.escaped(line) + Array("\"}".utf8)
    case .journal:
      Array("{\"_HOSTNAME\":\"web1\",\"MESSAGE\":[\(Self.numbers(line))]}".utf8)
    case .journalText: Array("{\"MESSAGE\":\"".utf8) + Self.escaped(line) + Array("\"}".utf8)
    case .stern: Array("nginx-5c9d7 nginx ".utf8) + line
    case .color: Array("\u{1B}[36mnginx-1  | \u{1B}[0m".utf8) + line + Array("\u{1B}[0m".utf8)
    case .untagged: Array("Mar 14 09:26:00 ".utf8) + line
    case .hostOnly: Array("Mar 14 09:26:00 web1 ".utf8) + line
    }
  }

  private static func numbers(_ line: [UInt8]) -> String {
    line.map { String($0) }.joined(separator: ",")
  }

  private static func escaped(_ line: [UInt8]) -> [UInt8] {
    line.flatMap { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
      case ..<0x20: Array("\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8)
      default: [byte]
      }
    }
  }
}
