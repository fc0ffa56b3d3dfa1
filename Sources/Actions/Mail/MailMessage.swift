import AccessLog
import Messages
import SafeText
import WebTransfer

/// A mail about a notification (RFC 5322): plain text, headers in ASCII.
struct MailMessage {
  /// The longest line that is sent as it is, in bytes (RFC 5322: 998).
  private static let lineLimit = 900

  var sender: String
  var recipient: String
  var notification: ActionNotification
  var origin: Origin
  /// The time of day.
  var now: EpochSecond

  /// The message, with CR LF at the end of every line. A `.` at the beginning of a line is as it is:
  /// the transport escapes it.
  var bytes: [UInt8] {
    let body = text
    let isPlain = body.allSatisfy { line in
      line.utf8.count <= Self.lineLimit && line.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    }
    let headers = [
      "From: \(sender)", "To: \(recipient)", "Subject: \(Self.encodedWords(subject))",
      "Date: \(Self.date(now))", "Message-ID: <\(notification.id)@\(hostName)>",
      "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: \(isPlain ? "7bit" : "base64")", "",
    ]
    let lines = isPlain ? body : Self.base64Lines(body.joined(separator: "\r\n") + "\r\n")
    return Array(((headers + lines).joined(separator: "\r\n") + "\r\n").utf8)
  }

  /// The subject holds no text from a log.
  private var subject: String {
    let state =
      switch notification.state {
      case .triggered: "\(notification.rule) triggered"
      case .recovered: "\(notification.rule) recovered"
      case .interval: "interval"
      case .summary: "\(notification.value) more alerts"
      }
    return SafeString(ClippedText.text("[lm2000] \(state) on \(origin.host)", limit: 200)).text
  }

  private var text: [String] {
    var lines = [notification.safeMessage, ""]
    func add(_ name: String, _ value: String) {
      guard !value.isEmpty else { return }
      lines.append("\(name): \(ClippedText.text(SafeString(ClippedText.text(value)).text))")
    }
    add("rule", notification.rule)
    add("key", notification.key ?? "")
    add("state", notification.state.rawValue)
    add("time", notification.time.iso8601)
    add("value", notification.value)
    add("limit", notification.limit)
    add("window", notification.window > 0 ? "\(notification.window) s" : "")
    add("hits", String(notification.hits))
    add("duration", notification.duration.map { "\($0) s" } ?? "")
    add("host", origin.host)
    add("id", notification.id)
    return lines
  }

  /// The part behind the `@` of the message's id.
  private var hostName: String {
    let isPlain = origin.host.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
        || $0 == 46
    }
    return isPlain && !origin.host.isEmpty ? origin.host : "localhost"
  }

  // MARK: - Encoding

  /// The text for a header: as it is, or as encoded words of whole characters (RFC 2047).
  static func encodedWords(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) || text.contains("=?") else {
      return text
    }
    // An encoded word has at most 75 characters: 45 bytes become 60.
    var words: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let bytes = Array(UTF8.encode(scalar)!)
      if words[words.count - 1].count + bytes.count > 45 { words.append([]) }
      words[words.count - 1] += bytes
    }
    return words.map { "=?utf-8?B?\(base64($0))?=" }.joined(separator: "\r\n ")
  }

  private static func base64Lines(_ text: String) -> [String] {
    let encoded = Array(base64(Array(text.utf8)).utf8)
    return stride(from: 0, to: encoded.count, by: 76).map {
      String(decoding: encoded[$0..<min($0 + 76, encoded.count)], as: UTF8.self)
    }
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for index in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[index..<min(index + 3, bytes.count)]
      let padded = Array(group) + [0, 0]
      let bits = UInt32(padded[0]) << 16 | UInt32(padded[1]) << 8 | UInt32(padded[2])
      for place in 0..<4 {
        let digit = digits[Int(bits >> UInt32(18 - 6 * place) & 63)]
        text.append(place <= group.count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// `Thu, 07 Feb 2019 21:12:36 +0000`
  static func date(_ second: EpochSecond) -> String {
    // 1970-01-01 was a Thursday.
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let day = second.value >= 0 ? second.value / 86_400 : (second.value - 86_399) / 86_400
    let text = second.iso8601
    let parts = text.split { "-T:Z".contains($0) }
    guard parts.count == 6, let month = Int(parts[1]), (1...12).contains(month) else { return text }
    let weekday = days[Int(((day % 7) + 7) % 7)]
    return "\(weekday), \(parts[2]) \(months[month - 1]) \(parts[0]) "
      + "\(parts[3]):\(parts[4]):\(parts[5]) +0000"
  }
}
