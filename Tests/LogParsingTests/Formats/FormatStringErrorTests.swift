import LogParsing
import Testing

/// Strings that describe no format.
@Suite struct FormatStringErrorTests {
  private static let mistakes: [(format: String, reason: String)] = [
    ("$remote_addr $status", "lacks a time; try [$time_local]"),
    ("[$time_local] $status", "lacks a client; try $remote_addr"),
    ("$remote_addr [$time_local]", "lacks a status; try $status"),
    ("%h %>s", "lacks a time; try %t"), ("%h %t", "lacks a status; try %>s"),
    ("%t %s", "lacks a client; try %h"), ("%h %^ %s", "lacks a time; try [%d:%t %^]"),
    ("%h %{%H:%M:%S}t %s", "lacks a time; try %t"), ("%d %h %s", "lacks a time; try [%d:%t %^]"),
    ("$", "character 1: '$' is cut off; quote the whole string for the shell"),
    (
      "$remote_addr ${status",
      "character 14: '${status' is cut off; quote the whole string for the shell"
    ),
    ("%h %", "character 4: '%' is cut off; quote the whole string for the shell"),
    ("%h é%{Referer", "character 5: '%{Referer' is cut off; quote the whole string for the shell"),
    (
      "$remote_addr $-",
      "character 14: '$' is neither a directive nor a variable; "
        + "%^ reads over a field, %% is a percent sign"
    ),
    (
      "%h %t %Q %s",
      "character 7: '%Q' is neither a directive nor a variable; "
        + "%^ reads over a field, %% is a percent sign"
    ),
    (
      "%h %{%c}t %s",
      "character 4: the time in '%{%c}t' is not supported; try %Y %m %d %b %H %M %S %T %z"
    ),
    (
      "%h%l %t %s",
      "character 3: nothing stands between '%h' and '%l' that could tell them apart"
    ),
    (
      "$remote_addr [$time_local] $status$body_bytes_sent",
      "character 35: nothing stands between '$status' and '$body_bytes_sent' that could tell them apart"
    ),
    (
      "%h %t %r %b %s",
      "character 7: '%r' may hold spaces; it must stand in quotes or before the status"
    ),
  ]

  @Test(arguments: mistakes)
  func aMistakeIsNamedWithItsPlace(format: String, reason: String) {
    let error = #expect(throws: FormatStringError.self) { try NamedFormat(custom: format) }
    #expect(error?.reason == reason)
  }

  @Test func aTextWithoutVariablesIsAName() throws {
    #expect(try NamedFormat("combined")?.name == "combined")
    #expect(try NamedFormat("no-such") == nil)
    #expect(try NamedFormat("%h %t %s")?.name == "custom")
  }

  @Test func arbitraryStringsDoNotTrap() {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "%", "$", "{", "}", "h", "t", "%h", "%t", "%s", " ", "[", "]", "\"", "\\", "^", "~h", "%d",
      "$status", "$remote_addr", "$msec", "%{%F %T}t", "%U", "%q", "%x", ">", "é", "\0",
    ]
    let line = Array(#"5 203.0.113.5 [14/Mar/2026:09:26:53 +0100] "GET /a" 200"#.utf8)
    var formats = 0
    for _ in 0..<20_000 {
      let string = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      guard let format = try? NamedFormat(custom: string) else { continue }
      formats += 1
      #expect(ReadLine.all(in: line, format: format).count == 1)
      #expect(ReadLine.all(in: Array(string.utf8), format: format).count <= 2)
    }
    #expect(formats > 0)
  }
}
