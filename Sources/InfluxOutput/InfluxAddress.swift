import EventOutput
import WebTransfer

/// Where points are written to.
package struct InfluxAddress: Equatable, Sendable {
  /// Why a text names no URL. It repeats no part of it.
  package struct Problem: Error, Equatable {
    package var message: String
  }

  /// The whole URL, which may be a secret.
  let url: String
  /// The URL without what may be secret in it.
  package let shown: String

  /// - Parameter address: the URL as the user wrote it. Its query is kept, except for a precision: times
  ///   are sent in seconds.
  package init(_ address: WebAddress) {
    let text = address.text.prefix { $0 != "#" }
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var url = String(parts[0])
    if !address.hasPath || url.utf8.count(where: { $0 == UInt8(ascii: "/") }) == 2 {
      url += url.hasSuffix("/") ? "write" : "/write"
    }
    var query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map(String.init)
    query.removeAll { $0.hasPrefix("precision=") }
    self.url = url + "?" + (query + ["precision=s"]).joined(separator: "&")
    shown = address.shown
  }

  /// Identifies the store in the name of a folder: 16 hexadecimal digits.
  var key: String { String(EventID(fields: ["influx", url]).text.prefix(16)) }

  /// Where the URL comes from, as `--influx` names it: a URL, `file:PATH` or `env:NAME`.
  ///
  /// - Throws: if it is none of these, or contains a user or a password, which everybody could read.
  package static func source(_ text: String) throws(Problem) -> SettingSource {
    for (prefix, make) in [("file:", SettingSource.file), ("env:", SettingSource.environment)]
    where text.hasPrefix(prefix) && text.utf8.count > prefix.utf8.count
      && !text.hasPrefix("file://")
    {
      return make(String(text.dropFirst(prefix.count)))
    }
    let address: WebAddress
    do throws(WebAddress.Problem) {
      address = try WebAddress(text, allowsUser: false)
    } catch {
      throw Problem(message: error.message)
    }
    let query = text.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    for field in query.split(separator: "&") {
      let name = field.prefix { $0 != "=" }.lowercased()
      guard !secrets.contains(name) else {
        throw Problem(
          message: "a user or password belongs in a file of its own: name it as file:PATH")
      }
    }
    return .literal(address.text)
  }

  /// Parameters by which stores are logged in to.
  private static let secrets: Set = [
    "u", "p", "user", "username", "password", "token", "authkey", "auth_key", "apikey", "api_key",
  ]
}
