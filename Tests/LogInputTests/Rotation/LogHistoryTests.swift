import AccessLog
import Testing

@testable import LogInput

/// Which files of a command line are generations of one log.
@Suite struct LogHistoryTests {
  /// The files as they are given, and the histories: older generations first, the newest last.
  struct Grouping: CustomTestStringConvertible, Sendable {
    var paths: String
    var histories: [String]

    init(_ paths: String, _ histories: String...) {
      self.paths = paths
      self.histories = histories
    }

    var testDescription: String { paths }
  }

  /// Each history in one string, the newest generation last.
  private static func histories(of paths: some Sequence<Substring>) -> [String] {
    LogHistory.grouping(paths.map { Name(String($0)) }).map { history in
      (history.older + [history.newest]).map { String(decoding: $0.bytes, as: UTF8.self) }
        .joined(separator: " ")
    }
  }

  static let groupings = [
    Grouping("access.log", "access.log"),
    Grouping("-", "-"),
    Grouping("- access.log -.1 access.log.1", "-.1 -", "access.log.1 access.log"),
    // Numbers, the greatest of which is the oldest.
    Grouping("access.log access.log.1", "access.log.1 access.log"),
    Grouping("access.log.1 access.log", "access.log.1 access.log"),
    Grouping(
      "access.log access.log.1 access.log.10.gz access.log.2.gz access.log.9.gz",
      "access.log.10.gz access.log.9.gz access.log.2.gz access.log.1 access.log"),
    Grouping("access.log access.log.old access.log.2", "access.log.2 access.log.old access.log"),
    Grouping("access.log access.1.log access.2.log", "access.2.log access.1.log access.log"),
    Grouping(
      "a.log a.log.1.zst a.log.2.xz a.log.3.bz2", "a.log.3.bz2 a.log.2.xz a.log.1.zst a.log"),
    // Dates.
    Grouping(
      "access.log access.log-20261125.gz access.log-20261124.gz",
      "access.log-20261124.gz access.log-20261125.gz access.log"),
    Grouping(
      "access-20261125.log access.log access-20261124.log",
      "access-20261124.log access-20261125.log access.log"),
    Grouping(
      "a.log a.log-2026-11-25 a.log-20261124 a.log.2026-11-23_11",
      "a.log-20261124 a.log-2026-11-25 a.log.2026-11-23_11 a.log"),
    // Without the log itself, if the names leave no doubt.
    Grouping("access.log.2.gz access.log.1", "access.log.2.gz access.log.1"),
    Grouping(
      "access.log-20261125.gz access.log-20261124.gz",
      "access.log-20261124.gz access.log-20261125.gz"),
    Grouping("access.log.1", "access.log.1"),
    Grouping("access.log.2.gz", "access.log.2.gz"),
    // Two logs, one of them with a name that begins with that of the other.
    Grouping(
      "access.log error.log access.log.2.gz error.log.1 access.log.1 error.log.2.gz",
      "access.log.2.gz access.log.1 access.log", "error.log.2.gz error.log.1 error.log"),
    Grouping(
      "a.log.1 b.log.1 a.log.2 b.log.2", "a.log.2 a.log.1", "b.log.2 b.log.1"),
    Grouping(
      "access.log access.log.1 vhost-access.log.1 vhost-access.log",
      "access.log.1 access.log", "vhost-access.log.1 vhost-access.log"),
    // Several servers, not generations.
    Grouping("web-1.log web-2.log", "web-1.log", "web-2.log"),
    Grouping("web.log web-1.log web-2.log", "web.log", "web-1.log", "web-2.log"),
    Grouping("web1.log web2.log web10.log", "web1.log", "web2.log", "web10.log"),
    Grouping("10.0.0.1 10.0.0.2 10.0.0.10", "10.0.0.1", "10.0.0.2", "10.0.0.10"),
    Grouping("10.0.0.1.log 10.0.0.2.log", "10.0.0.1.log", "10.0.0.2.log"),
    Grouping("www.1 www.2", "www.1", "www.2"),
    Grouping("access.log access.log.bak", "access.log", "access.log.bak"),
    // Directories.
    Grouping("a/access.log b/access.log", "a/access.log", "b/access.log"),
    Grouping(
      "a/access.log b/access.log.1 a/access.log.1", "a/access.log.1 a/access.log",
      "b/access.log.1"),
    Grouping(
      "a/access.log.1 b/access.log.1 b/access.log.2.gz a/access.log.2.gz",
      "a/access.log.2.gz a/access.log.1", "b/access.log.2.gz b/access.log.1"),
    Grouping("access.log.1 ./access.log", "access.log.1 ./access.log"),
  ]

  @Test(arguments: groupings)
  func filesAreGroupedByTheLogThatTheyAreGenerationsOf(grouping: Grouping) {
    #expect(Self.histories(of: grouping.paths.split(separator: " ")) == grouping.histories)
  }

  /// The order of the arguments decides only which history comes first.
  @Test(arguments: groupings.filter { !$0.paths.contains("-20") && !$0.paths.hasPrefix("- ") })
  func theOrderOfTheArgumentsDoesNotMatter(grouping: Grouping) {
    let reversed = Self.histories(of: grouping.paths.split(separator: " ").reversed())
    #expect(reversed.sorted() == grouping.histories.sorted())
  }

  @Test(arguments: [
    ("access.log.1.gz", "access.log.1"), ("access.log.2.gz", nil), ("access.log.1", nil),
    ("access.log", nil), ("access.log.3.zst", "access.log.3"), ("access.log.gz", "access.log"),
  ])
  func theFileThatARotationIsCompressingIsFoundByItsName(path: String, plain: String?) {
    let history = LogHistory(
      newest: Name("access.log"),
      older: ["access.log.3", "access.log.3.zst", "access.log.1", "access.log.1.gz"].map {
        Name($0)
      })
    #expect(history.plainName(of: Name(path)) == plain.map { Name($0) })
  }
}
