import Foundation
import Testing

/// The list of several logs, and one of them alone, in the built program.
@Suite(.ownThreads, .serialized) struct SourceKeyTests {
  /// Three logs that are being written: with 2, 5 and 9 hits in each of the last 60 seconds.
  private static func logs(_ folder: Folder) throws -> String {
    let now = Int(Date().timeIntervalSince1970)
    let rates = ["api": 2, "shop": 5, "web": 9]
    for (name, rate) in rates {
      var text = ""
      for second in now - 60..<now {
        for hit in 0..<rate {
          let status = name == "shop" && hit == 0 ? 503 : 200
          text += "10.0.0.\(hit),-,-,\(second),GET /\(name) HTTP/1.1,\(status),10\n"
        }
      }
      try folder.append(text, to: name)
    }
    return rates.keys.sorted().map { folder.path($0) }.joined(separator: " ")
  }

  /// The names of the sources, in the order of the list.
  private static func names(_ screen: String) -> [String] {
    screen.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count > 3, words[0] == "│" || words[0].hasPrefix("│●") else { return nil }
      let name = words[0] == "│" ? words[1] : words[0].dropFirst(2)
      return ["api", "shop", "web"].contains(name) ? String(name) : nil
    }
  }

  @Test(arguments: [(80, 24), (120, 37), (200, 60)])
  func enterShowsOneLogAndEscapeAllAgain(columns: Int, rows: Int) throws {
    let folder = try Folder()
    let terminal = try Terminal(
      "\(Built.program) --utc --high-traffic-threshold 900 \(try Self.logs(folder))",
      columns: columns, rows: rows)
    try terminal.wait(for: "960 hits")
    try terminal.type("6", "j", "j", "Enter")
    let shop = try terminal.wait(for: "LOG shop")
    #expect(shop.contains("300 hits") && shop.contains("/shop") && !shop.contains("/web "))
    #expect(shop.contains("of 16") || shop.contains("of 0"))
    try terminal.type("Escape")
    let all = try terminal.wait(for: "960 hits")
    #expect(!all.contains("LOG shop") && all.contains("⁶sources"))
    // The selection is as it was; from the zoomed list another one opens, and goes back to it.
    try terminal.type("z", "j", "Right")
    let web = try terminal.wait(for: "LOG web")
    #expect(web.contains("540 hits") && web.contains("¹hits per second"))
    try terminal.type("2", "Left")
    let list = try terminal.wait("the zoomed list") {
      $0.contains("960 hits") && !$0.contains("¹hits per second")
    }
    #expect(Self.names(list) == ["api", "shop", "web"])
    try terminal.type("q", "q", "q")
    try terminal.wait(for: "exit=0")
  }

  @Test func theListIsSortedAndSearchedAndRemembersItsOrder() throws {
    let folder = try Folder()
    let state = try Folder()
    let command = "\(Built.program) --utc \(try Self.logs(folder))"
    let terminal = try Terminal(command, columns: 120, rows: 30, state: state)
    try terminal.wait(for: "960 hits")
    try terminal.type("6", "z", "s", "s", "s")
    let sorted = try terminal.wait(for: "▼hits")
    #expect(Self.names(sorted) == ["web", "shop", "api"])
    try terminal.type("S")
    #expect(Self.names(try terminal.wait(for: "▲hits")) == ["api", "shop", "web"])
    try terminal.type("/", "W", "E", "B", "Enter", "Enter")
    try terminal.wait(for: "LOG web")
    try terminal.type("Escape")
    try terminal.wait(for: "960 hits")
    try terminal.type("q", "q", "q")
    try terminal.wait(for: "exit=0")
    let again = try Terminal(command, columns: 120, rows: 30, state: state)
    try again.wait(for: "960 hits")
    try again.type("6", "z")
    #expect(Self.names(try again.wait(for: "▲hits")) == ["api", "shop", "web"])
    try again.type("F10")
    try again.wait(for: "exit=0")
  }

  @Test func aReplayShowsAllTogetherAndSaysSo() throws {
    let folder = try Folder()
    let terminal = try Terminal(
      "\(Built.program) --utc --replay --speed max \(try Self.logs(folder))", columns: 80, rows: 24)
    try terminal.wait(for: "END")
    try terminal.type("6", "j", "Enter")
    try terminal.wait(for: "a replay shows all sources together")
    try terminal.type("F10")
    try terminal.wait(for: "exit=0")
  }
}
