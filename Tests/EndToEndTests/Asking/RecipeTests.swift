import Foundation
import Testing

/// The command lines of the manual, run as they stand there.
@Suite(.ownThreads) struct RecipeTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static let manual: String = {
    (try? String(contentsOfFile: Built.root + "README.md", encoding: .utf8)) ?? ""
  }()

  /// The next code block after a text of the manual.
  private static func block(after text: String) throws -> String {
    let start = try #require(manual.range(of: text)).upperBound
    let opening = try #require(manual.range(of: "```", range: start..<manual.endIndex))
    let first = try #require(manual.range(of: "\n", range: opening.upperBound..<manual.endIndex))
    let end = try #require(manual.range(of: "```", range: first.upperBound..<manual.endIndex))
    return String(manual[first.upperBound..<end.lowerBound])
  }

  /// A log in which every question of the manual has an answer.
  private func makeLog() throws {
    var lines: [String] = []
    for index in 0..<600 {
      let request =
        index % 7 == 0
        ? "POST /login HTTP/1.1" : "GET /\(["a", "b/c", "big.iso"][index % 3]) HTTP/1.1"
      let status = index % 5 == 0 ? 500 : index % 11 == 0 ? 404 : 200
      let bytes = index % 3 == 2 ? 5_000_000 : 512
      let referrer = index % 2 == 0 ? "https://elsewhere.example/x" : "https://example.org/start"
      let agent = index % 4 == 0 ? "Googlebot/2.1" : "Mozilla/5.0"
      let time = "14/Mar/2026:09:\(10 + index / 60):\(10 + index % 50) +0000"
      lines.append(
        #"203.0.113.\#(index % 9) - - [\#(time)] "\#(request)" \#(status) \#(bytes) "#
          + #""\#(referrer)" "\#(agent)" 3 "web@docker" "http://10.0.0.2:80" \#(index * 9)ms"#)
    }
    try folder.append(lines.joined(separator: "\n") + "\n", to: "access.log")
  }

  private func run(_ command: String) throws -> Ended {
    try Ended.running(
      "cd '\(folder.path("."))' && { \(command)\n}",
      environment: ["TZ": "UTC", "LANG": "C.UTF-8", "XDG_STATE_HOME": folder.path("state")],
      path: Built.folder + ":/usr/bin:/bin")
  }

  @Test func everyQuestionIsAnsweredByItsCommand() throws {
    try makeLog()
    let commands = try Self.block(after: "**Ten questions**").split(separator: "\n")
      .filter { $0.hasPrefix("lm2000 ") }
    #expect(commands.count == 10)
    for command in commands {
      let ended = try run(String(command))
      #expect(ended.status == 0, "\(command)")
      #expect(ended.errors.isEmpty, "\(command): \(ended.errors)")
      #expect(ended.output.contains("203.0.113.") || ended.output.contains("/"), "\(command)")
      if command.contains("--output text") {
        #expect(ended.output.contains(/: [1-9]\d* hits/), "\(command) has no hits")
      }
    }
  }

  @Test func theFiltersOfTheManualAreRight() throws {
    try makeLog()
    for command in try Self.block(after: "**Filters.**").split(separator: "\n") {
      let ended = try run(String(command))
      #expect(ended.status == 0 && ended.errors.isEmpty, "\(command): \(ended.errors)")
    }
  }

  @Test func theFiveRulesAreRight() throws {
    try makeLog()
    let command = try Self.block(after: "**What to alert on.**")
      .replacing("/var/log/nginx/access.log", with: "access.log").replacing(" -f ", with: " ")
    #expect(command.components(separatedBy: "--alert").count == 6)
    let ended = try run(command)
    #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
    #expect(ended.output.contains("ALERT     errors: share(status=5xx)"))
  }

  @Test func theConfigFileOfTheManualIsRight() throws {
    let text = try Self.block(after: "**Config file.**")
      .replacing("/etc/lm2000/slack-url", with: folder.path("slack-url"))
    try folder.append("https://hooks.example.org/services/x\n", to: "slack-url")
    try folder.append(text, to: "config")
    let ended = try run(
      "chmod 600 slack-url config && chmod 700 . && lm2000 --config config --print-config")
    #expect(ended.status == 0 && ended.errors.isEmpty, "\(ended.errors)")
    #expect(ended.output.contains("alert errors: share(status=5xx) > 5%"))
    #expect(!ended.output.contains("hooks.example.org"))
  }

  @Test func theHourlyScriptSaysNothingWithoutAnAlert() throws {
    try makeLog()
    let script = try Self.block(after: "**By cron**")
      .replacing("/var/log/nginx/access.log", with: "access.log")
    let quiet = try run(script)
    #expect(quiet.output.isEmpty && quiet.errors.isEmpty)
    let alarmed = try run(
      script.replacing("--no-totals", with: "--no-totals --high-traffic-threshold 0.5"))
    #expect(alarmed.output.contains("ALERT     High traffic"))
  }

  @Test func theServiceIsDescribedInTheFormOfSystemd() throws {
    let unit = try Self.block(after: "**As a service**").split(separator: "\n")
      .map { $0.drop { $0 == " " } }.joined(separator: "\n")
    try folder.append(
      unit.replacing("/usr/local/bin/lm2000", with: Built.program) + "\n", to: "lm2000.service")
    let command = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
    // The options are right, whatever this machine knows of systemd.
    try makeLog()
    let ended = try run(
      String(command).replacing("ExecStart=/usr/local/bin/", with: "timeout 2 ")
        .replacing("/var/log/nginx/access.log", with: "access.log"))
    #expect(ended.status == 124 || ended.status == 0, "\(ended.errors)")
    #expect(!ended.errors.contains("lm2000: --"), "\(ended.errors)")
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze") else { return }
    let verified = try run("systemd-analyze verify --man=no ./lm2000.service")
    #expect(!verified.errors.contains("Unknown key"), "\(verified.errors)")
  }
}
