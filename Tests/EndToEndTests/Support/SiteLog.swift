import Foundation

/// An access log of `SiteServer`, with what its server writes about a request.
struct SiteLog: Sendable {
  typealias Exchange = (request: SentRequest, answer: Answer)

  /// The name of the file.
  let file: String
  /// Options that the program needs to read it, quoted for a shell.
  var options = ""
  /// The format that the program finds by itself; `nil` if it is given one.
  var format: String?
  /// Whether a line says how long the answer took.
  var hasLatency = false
  /// Whether the server logs what is not HTTP.
  var hasMalformed = true
  /// How a text of a request reads in the log, once the escapes of its format are taken off.
  let text: @Sendable ([UInt8]) -> String
  /// The host, the user and the bytes of a line.
  let host: @Sendable (SentRequest) -> String
  let user: @Sendable (Exchange) -> String
  let bytes: @Sendable (Answer) -> Int

  // MARK: - What servers write

  /// nginx keeps `"`, `\` and what is not ASCII as `\x22`, which no reader can tell from a text that
  /// was sent as such.
  private static func escapedByNginx(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      let isPlain = (0x20...0x7E).contains(byte) && byte != 0x22 && byte != 0x5C
      return isPlain ? String(UnicodeScalar(byte)) : String(format: "\\x%02X", byte)
    }.joined()
  }

  /// Apache escapes `"` and `\` so that they can be read again, and what is not ASCII as `\xe9`.
  private static func escapedByApache(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      (0x20...0x7E).contains(byte)
        ? String(UnicodeScalar(byte)) : String(format: "\\x%02x", byte)
    }.joined()
  }

  /// JSON keeps everything but invalid UTF-8.
  private static func repaired(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// nginx knows hosts in lower case, and calls itself by its name where the client names none.
  private static func hostOfNginx(_ request: SentRequest) -> String {
    request.host?.lowercased() ?? "default.test"
  }

  /// nginx and Apache log the name that was given, even if the password is wrong.
  private static func claimedUser(_ exchange: Exchange) -> String {
    exchange.request.user?.name ?? "-"
  }

  // MARK: - The logs

  static let nginx = [
    SiteLog(
      file: "combined.log", format: "combined", text: escapedByNginx, host: { _ in "-" },
      user: { escapedByNginx(Array(claimedUser($0).utf8)) }, bytes: \.bodyBytes),
    SiteLog(
      file: "timed.log", options: "--format '\(SiteConfiguration.nginxTimed)'", hasLatency: true,
      text: escapedByNginx, host: hostOfNginx,
      user: { escapedByNginx(Array(claimedUser($0).utf8)) }, bytes: \.bodyBytes),
    SiteLog(
      file: "json.log", format: "json", hasLatency: true, text: repaired, host: hostOfNginx,
      user: claimedUser, bytes: \.bodyBytes),
  ]

  /// Apache counts the header, and knows users only where it asks for them.
  static let apache = [
    SiteLog(
      file: "other_vhosts_access.log", format: "vcombined", text: escapedByApache,
      host: { $0.host == "shop.test" ? "shop.test" : "default.test" },
      user: userOfApache, bytes: \.bytes),
    SiteLog(
      file: "combined.log", format: "combined", text: escapedByApache, host: { _ in "-" },
      user: userOfApache, bytes: \.bytes),
    SiteLog(
      file: "timed.log", options: "--format '\(SiteConfiguration.apacheTimed)'", hasLatency: true,
      text: escapedByApache, host: { $0.host?.lowercased() ?? "default.test" },
      user: userOfApache, bytes: \.bodyBytes),
  ]

  /// Users stand in no quotes, so their escapes stay.
  private static func userOfApache(_ exchange: Exchange) -> String {
    escapedByApache(Array(askedUser(exchange).utf8)).replacing("\"", with: "\\\"")
  }

  private static func askedUser(_ exchange: Exchange) -> String {
    exchange.request.section == "/private" ? claimedUser(exchange) : "-"
  }

  /// Caddy logs the host as it was sent, users whose password is right, and nothing about what is not
  /// HTTP.
  static let caddy = [
    SiteLog(
      file: "access.log", format: "caddy", hasLatency: true, hasMalformed: false, text: repaired,
      host: { $0.host ?? "-" },
      user: { $0.answer.status == 200 ? askedUser($0) : "-" }, bytes: \.bodyBytes)
  ]
}
