import ReferenceModel

/// Text that tries to look like parts of a log line that it is not.
enum HostileText {
  /// What a user name, a request, a referrer or an agent may be made of.
  private static let fragments: [[UInt8]] =
    [
      // Parts of a line.
      "\"", "\" ", "\\", "\\\\", "\\\"", "[", "]", "[]", "] \"", " ", "  ", "-", " - - ", ",", ", ",
      "200 5", " 404 - ", "\" 200 5", "\" 200 5 ", "\\\" 200 5 ", "\" - - ", "\"  503  1 ",
      "\" 200", "\" 20 5 ", "\\x22 200 5 ", "\\\\\" 200 5 ",
      // Times.
      "[25/Nov/2026:12:00:01 +0000] \"", "[25/Nov/2026:12:00:01 +0000]",
      "[25/Nov/2026:12:00:01 +0000] \"GET /fake HTTP/1.1\" 200 5", "[1795608001] \"", "] \\\"",
      "[2026-11-25T12:00:01Z]  \"", "25/Nov/2026:12:00:01 +0000",
      // Clients and virtual hosts.
      "203.0.113.66", "203.0.113.66, 10.0.0.9", "unknown, ", "203.0.113.66 - - ", "::1", ":443",
      "fake.example:443 203.0.113.66 - - ", "\"203.0.113.66, 10.0.0.9\" - - ", "%eth0",
      "203.0.113.66,", "fake.example", "[::1]:80",
      // Wrappers.
      "web1 nginx: ", "Nov 25 12:00:01 web1 nginx: ", "nginx-1  | ", "| ", "pod container ",
      "{\"log\":\"", "{\"MESSAGE\":\"x\"}", "\\n\",\"stream\":\"stdout\"}", "[pod/x/y] ",
      "<190>1 2026-11-25T12:00:01Z web1 nginx - - - ", "<13>", "\u{1B}[31m", "\u{1B}[0m",
      "2026-11-25T12:00:01.000000000Z stdout F ", "stdout P ", "\u{1B}[36mnginx-1  | \u{1B}[0m",
      // Letters, and bytes that are none.
      "x", "GET /fake HTTP/1.1", "jo", "é", "\u{2028}", "\u{202E}", "\0", "\0\0", "\t", "\r",
      "\u{8}", "\u{7F}", "\\u0022", "%22", "\\n", "/", "?", ";", "#", "://",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x80], [0x80, 0xBF]]

  /// A text of up to that many fragments.
  static func any(_ random: inout RandomSource, atMost limit: Int = 5) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<random.number(0...limit) { text += random.pick(fragments) }
    return text
  }

  /// A text without the bytes in `excluded`.
  static func any(
    without excluded: [Character], _ random: inout RandomSource, atMost limit: Int = 5
  ) -> [UInt8] {
    let bytes = excluded.compactMap(\.asciiValue)
    return any(&random, atMost: limit).filter { !bytes.contains($0) }
  }
}
