import Foundation
import Testing

/// The built program with a log and its rotated generations, compressed ones among them.
@Suite(.ownThreads) struct RotatedGenerationsTests {
  private static let compressed = [
    "gzip access.log.[1-4]", "gzip access.log.[2-4]", "zstd -q --rm access.log.[1-4]",
    "xz access.log.[2-4]", "bzip2 access.log.[1-4]",
    "gzip access.log.1; zstd -q --rm access.log.2; xz access.log.3; bzip2 access.log.4", ":",
  ]

  @Test(arguments: compressed)
  func theFiguresAreThoseOfAllGenerationsOneAfterTheOther(command: String) throws {
    let log = try SplitLog.ofGenerations(5)
    try log.shell(command)
    let expected = try log.expected()
    for files in ["access.log*", "$(ls -r access.log*)", "'access.log*'"] {
      let ended = try log.run("--output ndjson " + files)
      #expect(ended.status == 0)
      #expect(ended.errors == "")
      #expect(ended.eventsAfterStart == expected, "\(files)")
      #expect(
        ended.lines(of: "start")
          == [#"{"event":"start","sources":[{"path":"access.log","format":"csv"}]}"#])
    }
  }

  /// The order is that of the records, whatever the names say.
  @Test func generationsWithDatesAreReadInOrder() throws {
    let log = try SplitLog.ofGenerations(4)
    try log.shell(
      "gzip access.log.[123]; mv access.log.3.gz access.log-20260311.gz;"
        + "mv access.log.2.gz access.log-20260312.gz; mv access.log.1.gz access.log-20260313.gz")
    for files in ["access.log*", "access.log-20260313.gz access.log access.log-2026031[12].gz"] {
      let ended = try log.run("--output ndjson " + files)
      #expect(try ended.eventsAfterStart == log.expected())
      #expect(ended.errors == "")
    }
  }

  @Test(arguments: ["--since 30m", "--since 40m --until 20m", "--replay --speed max --max-gap 0"])
  func optionsConcernAllGenerations(options: String) throws {
    let log = try SplitLog.ofGenerations(4)
    try log.shell("gzip access.log.[23]")
    let ended = try log.run("--output ndjson \(options) access.log*")
    #expect(ended.status == 0)
    #expect(try ended.eventsAfterStart == log.expected(options))
  }

  @Test func theLastLinesAreThoseOfTheLogItself() throws {
    let log = try SplitLog.ofGenerations(3)
    try log.shell("gzip access.log.2")
    let ended = try log.run("--output ndjson --tail 20 access.log*")
    #expect(ended.status == 0)
    #expect(ended.count("lines") == 20)
    #expect(ended.count("last") == SurgeLog.end)
  }

  /// While logrotate compresses a file, both exist.
  @Test(arguments: ["gzip -k", "gzip -c access.log.2 | head -c 9000 > access.log.2.gz; :"])
  func aGenerationBesideItsCompressedCopyIsReadOnce(command: String) throws {
    let log = try SplitLog.ofGenerations(3)
    try log.shell(command + " access.log.2")
    let ended = try log.run("--output ndjson access.log*")
    #expect(ended.status == 0)
    #expect(try ended.eventsAfterStart == log.expected())
    #expect(
      ended.errors
        == "lm2000: access.log.2.gz: a compressed copy of access.log.2, which is read instead\n")
  }

  // MARK: - Damage

  /// What is wrong with a compressed file, and how the message begins.
  struct Damage: CustomTestStringConvertible, Sendable {
    /// Damages the file `damaged`.
    var command: String
    var message: String
    var testDescription: String { command }
  }

  private static let unexpectedEnds = [
    Damage(command: "truncate -s -8 damaged", message: "unexpected end of "),
    Damage(
      command: "truncate -s $(($(wc -c < damaged) / 2)) damaged", message: "unexpected end of "),
  ]

  private static func flip(_ fromEnd: Int, _ message: String) -> Damage {
    Damage(
      command: """
        n=$(($(wc -c < damaged) - \(fromEnd))); \
        b=$(tail -c +$((n + 1)) damaged | od -An -tu1 -N1); \
        printf $(printf '\\\\%03o' $((b ^ 1))) | dd of=damaged bs=1 seek=$n conv=notrunc 2>/dev/null
        """, message: message)
  }

  private static let damages: [(String, Damage)] =
    unexpectedEnds.flatMap { [("gzip", $0), ("zstd", $0)] } + [
      ("gzip", flip(8, "crc mismatch in ")), ("zstd", flip(1, "checksum mismatch in ")),
    ]

  /// All complete lines that the compression program itself gets out of the file are counted, and all
  /// lines of the other generations.
  @Test(arguments: damages)
  func theDecodableLinesOfADamagedGenerationAreCounted(
    program: String, damage: Damage
  ) throws {
    let log = try SplitLog.ofGenerations(3)
    try log.shell("\(program) -q access.log.1; rm -f access.log.1; mv access.log.1.* damaged")
    try log.shell(damage.command)
    let decodable = try #require(
      Int(try log.shell("(\(program) -dcq damaged 2>/dev/null; :) | wc -l")))
    let suffix = program == "gzip" ? "gz" : "zst"
    try log.shell("cp damaged access.log.1.\(suffix)")
    let others = try #require(Int(try log.shell("cat access.log access.log.2 | wc -l")))
    let ended = try log.run("--output ndjson access.log*")
    #expect(ended.status == 1)
    #expect(
      ended.errors.hasPrefix("lm2000: access.log.1.\(suffix): \(damage.message)\(program)"),
      "\(ended.errors)")
    #expect(ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
    let lines = try #require(ended.count("lines"))
    // zstd may keep back what it decoded of the last block.
    #expect(program == "gzip" ? lines == others + decodable : lines >= others + decodable)
    #expect(lines <= SplitLog.lines)
    #expect(ended.count("hits") == lines)
    #expect(ended.count("total") == 0)
    let alone = try log.run("--output ndjson damaged")
    #expect(alone.status == 1)
    #expect(alone.count("lines") == lines - others)
    #expect(alone.errors.hasPrefix("lm2000: damaged: \(damage.message)\(program)"))
  }

  // MARK: - Following

  @Test func aCompressedFileIsReadOnceWhileAnotherLogIsFollowed() throws {
    let log = try FollowedLog()
    let old = Date().addingTimeInterval(-3_600)
    try log.folder.append(FollowedLog.lines(0..<40, at: old), to: "old")
    _ = try Ended.running("gzip '\(log.folder.path("old"))'")
    try log.append(100..<110)
    let watcher = try log.follow("'\(log.folder.path("old.gz"))'")
    try watcher.wait(forHits: 50)
    #expect(
      watcher.errors.contains("old.gz: is gzip-compressed: it is read once and not followed\n"))
    try log.append(110..<120)
    try watcher.wait(forHits: 60)
    try log.expectEnd(watcher, hits: 60)
  }

  @Test(arguments: ["", "gzip access.log.1", "gzip access.log.2"])
  func nothingIsReadTwiceWhileTheLogIsRotated(compression: String) throws {
    let log = try FollowedLog()
    for number in 1...3 {
      let date = Date().addingTimeInterval(Double(number) * -600)
      try log.folder.append(
        FollowedLog.lines(number * 1_000..<number * 1_000 + 50, at: date),
        to: "access.log.\(number)")
    }
    _ = try Ended.running("gzip '\(log.folder.path("access.log"))'.[23]")
    try log.append(0..<10)
    let watcher = try Watcher("--verbose --follow --output ndjson '\(log.path)'*")
    try watcher.wait(forHits: 160)
    for number in 1...4 {
      _ = try Ended.running(
        """
        cd '\(log.folder.path(""))'; for n in 7 6 5 4 3 2 1; do
          for s in '' .gz; do
            if test -e access.log.$n$s; then mv access.log.$n$s access.log.$((n + 1))$s; fi
          done
        done
        mv access.log access.log.1; \(compression.isEmpty ? ":" : compression)
        """)
      try log.append(number * 10..<number * 10 + 10)
      try watcher.wait(forHits: 160 + number * 10)
    }
    try log.expectEnd(watcher, hits: 200)
    #expect(watcher.errors.hasSuffix("access.log: 4 rotations\n"), "\(watcher.errors)")
  }
}
