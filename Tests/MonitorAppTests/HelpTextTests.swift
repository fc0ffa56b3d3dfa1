import LogParsing
import Testing

@testable import MonitorApp

@Suite struct HelpTextTests {
  @Test func fitsInEightyColumns() {
    for line in HelpText.usage.split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }

  @Test func namesEveryOption() {
    for rule in OptionTable.all {
      #expect(HelpText.usage.contains("--\(rule.name)"), "\(rule.name)")
    }
  }

  @Test func listsEveryFormatWithALineOfIt() {
    for format in FormatCatalog.all {
      #expect(HelpText.formats.contains("\(format.name) "))
      #expect(HelpText.formats.contains(format.summary))
      #expect(HelpText.formats.contains("            \(format.example)\n"), "\(format.name)")
    }
  }

  @Test func namesAndLettersAreUnique() {
    #expect(Set(OptionTable.all.map(\.name)).count == OptionTable.all.count)
    let letters = OptionTable.all.compactMap(\.letter)
    #expect(Set(letters).count == letters.count)
  }

  @Test func theTableHasExactlyTheDocumentedOptions() {
    let documented = [
      "follow", "no-follow", "tail", "replay", "speed", "max-gap", "stats-interval",
      "high-traffic-interval", "high-traffic-threshold", "lateness", "max-jump", "idle-grace",
      "format", "log-zone", "formats", "since", "until", "output", "top", "utc", "local",
      "log-time", "color",
      "theme", "ascii", "bell", "fail-on-alert", "rank", "totals", "no-totals", "demo", "verbose",
      "version", "help", "filter", "alert", "no-default-alert", "config", "no-config",
      "print-config", "notify", "notify-test", "act",
      "history", "show-history", "influx", "metrics", "listen-any", "kafka",
      "events", "publish", "sender",
    ]
    #expect(Set(documented) == Set(OptionTable.all.map(\.name)))
  }
}
