import Foundation
import Testing

/// A run of the built program continues an earlier one, although the files of the log have changed
/// meanwhile.
@Suite(.ownThreads, .enabled(if: hasSQLite, "sqlite3 is not installed"))
struct ResumedFilesTests {
  private let log: ContinuedLog

  init() throws { log = try ContinuedLog() }

  /// Runs logrotate on the log with these directives.
  private static func logrotate(_ directives: String) -> String {
    let lines = (["rotate 9", "create 0600"] + directives.split(separator: ",").map(String.init))
      .joined(separator: "\\n")
    return """
      printf '%s {\\n%b\\n}\\n' "$PWD/access.log" '\(lines)' > rotate.conf
      logrotate -f -s rotate.state rotate.conf
      """
  }

  private static let rotations = [
    ":",
    "mv access.log access.log.1; : > access.log",
    "mv access.log access.log.1",
    "mv access.log access-20260314.log; : > access.log",
    "cp access.log access.log.1; : > access.log",
    "mv access.log access.log.1; gzip access.log.1",
    "mv access.log access.log.1; xz access.log.1; : > access.log",
    "mv access.log access.log.1; zstd -q --rm access.log.1; : > access.log",
    "cp access.log access.log.1; : > access.log; gzip access.log.1",
    "cp access.log copy; rm access.log; mv copy access.log",
    "ln access.log access.log.1; rm access.log",
  ]

  private static let logrotates = [
    "compress", "compress,delaycompress", "compress,dateext", "copytruncate", "nocompress",
    "compress,copytruncate", "compress,delaycompress,dateext,dateformat -%Y%m%d-%s",
  ].map(logrotate)

  /// Lines 0 to 99 are counted, and the next 20 written before the change, 20 after it.
  @Test(arguments: rotations)
  func whatWasRotatedMeanwhileCountsOnce(change: String) throws {
    try expectAllCounted(change)
  }

  @Test(
    .enabled(if: hasLogrotate, "logrotate is not installed"),
    arguments: logrotates)
  func whatLogrotateMadeMeanwhileCountsOnce(change: String) throws {
    try expectAllCounted(change)
  }

  private func expectAllCounted(_ change: String) throws {
    try log.append(0..<100)
    try log.run(hits: 100, through: 99)
    try log.append(100..<120)
    try log.shell(change)
    try log.append(120..<140)
    let watcher = try log.run(hits: 40, through: 139)
    #expect(watcher.errors == "")
    #expect(try log.savedHits == 140)
    #expect(try log.rejected == 0)
  }

  /// Several rotations, of which the older ones are compressed.
  @Test(arguments: [false, true])
  func severalRotationsMeanwhileCountOnce(compressesAll: Bool) throws {
    try log.append(0..<100)
    try log.run(hits: 100, through: 99)
    for number in 0..<4 {
      try log.append(100 + number * 20..<120 + number * 20)
      try log.shell(
        """
        for n in 3 2 1; do for s in '' .gz; do
          if [ -e access.log.$n$s ]; then mv access.log.$n$s access.log.$((n + 1))$s; fi
        done; done
        mv access.log access.log.1
        if [ -e access.log.2 ]; then gzip access.log.2; fi
        """)
    }
    if compressesAll { try log.shell("gzip access.log.1") }
    try log.append(180..<200)
    let watcher = try log.run(hits: 100, through: 199)
    #expect(watcher.errors == "")
    #expect(try log.savedHits == 200)
    // The run that goes on finds what this one has read.
    try log.append(200..<210)
    try log.run(hits: 10, through: 209)
    #expect(try log.savedHits == 210)
  }

  /// What was cut off is gone, and all of the new content is read.
  @Test func aLogThatIsShorterThanThePlaceIsReadFromItsBeginning() throws {
    try log.append(0..<100)
    try log.run(hits: 100, through: 99)
    try log.shell(": > access.log")
    try log.append(100..<120)
    try log.run(hits: 20, through: 119)
    #expect(try log.savedHits == 120)
    try log.append(120..<130)
    try log.run(hits: 10, through: 129)
    #expect(try log.savedHits == 130)
  }

  /// Nothing has been written since it was truncated.
  @Test func aLogThatWasTruncatedToNothingIsReadOnceItGrows() throws {
    try log.append(0..<100)
    try log.run(hits: 100, through: 99)
    try log.shell(": > access.log")
    let watcher = try log.follow()
    try poll("it is idle") { try watcher.waits(for: log.path) }
    try log.append(100..<120)
    try log.wait(for: 119, watcher)
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == 20)
    #expect(try log.savedHits == 120)
  }

  /// The file system gives the new file the inode of the old one.
  @Test(arguments: ["rm access.log", "rm access.log; : > access.log", "mv other access.log"])
  func aLogThatWasReplacedByAShorterOneIsReadFromItsBeginning(change: String) throws {
    try log.append(0..<0, to: "other")
    try log.append(0..<100)
    try log.run(hits: 100, through: 99)
    try log.shell(change)
    try log.append(100..<120)
    let watcher = try log.run(hits: 20, through: 119)
    #expect(watcher.errors.contains("the place where the last run stopped is gone"))
    #expect(try log.savedHits == 120)
    #expect(try log.rejected == 1)
    try log.append(120..<130)
    #expect(try log.run(hits: 10, through: 129).errors == "")
    #expect(try log.savedHits == 130)
  }

  /// A log that is not there at the start is waited for.
  @Test func aLogThatComesBackLaterIsContinued() throws {
    try log.append(0..<100)
    try log.run(hits: 100, through: 99)
    try log.shell("mv access.log access.log.1")
    let watcher = try log.follow()
    try poll("its rotated file is open") { try watcher.waits(for: log.path + ".1") }
    try log.append(100..<120)
    try log.wait(for: 119, watcher)
    try watcher.stop()
    #expect(try watcher.end["hits"] as? Int == 20)
    #expect(try log.savedHits == 120)
  }
}

let hasLogrotate = FileManager.default.isExecutableFile(atPath: "/usr/sbin/logrotate")
