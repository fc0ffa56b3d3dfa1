import AccessLog
import SafeText
import TrafficAnalysis

extension Notice {
  /// The notice as a human-readable line, without the name of the log; times are in UTC.
  package var text: SafeString { text(time: \.iso8601) }

  /// The notice as a human-readable line, without the name of the log.
  ///
  /// - Parameters:
  ///   - time: formats times.
  ///   - number: formats a count.
  package func text(
    time: (EpochSecond) -> String, number: (Int) -> String = { String($0) }
  ) -> SafeString {
    switch self {
    case .unknownFormat(let lines): SafeString(Self.unknown(lines))
    case .unmatchedPeers(let count):
      SafeString(Wording.count(count, "peer", number: number) + ": no line matches a format")
    case .doubtfulFormat(let lines): SafeString(Self.doubtful(lines))
    case .emptyRange(let empty): SafeString(Self.text(empty, time))
    case .lateHits(let late): SafeString(Self.text(late))
    case .writtenInBlocks(let blocks): SafeString(Self.text(blocks))
    case .behindOthers(let late, let seconds):
      SafeString(
        "\(Self.text(late)) are late, because the log is up to \(seconds) s behind the others: "
          + "--max-jump \(seconds) would have waited for it")
    case .timeStepsBack(let late, let line, let from, let to):
      "the log steps back in time, first at line \(line) from \(SafeString(time(from))) to \(SafeString(time(to))), and \(Self.text(late)) are late: are files in the wrong order, or was a clock set back?"
    case .futureTimes(let first):
      "over half of \(FailureRun.length) lines are rejected as too far in the future, first line \(first.number)\(SafeString(first.time.map { " of " + time($0) } ?? "")): is the clock of the server right, and that of this machine?"
    case .aheadOfWallClock(let seconds):
      "every record is ahead of this machine's clock, by \(seconds) s at least: is the clock right?"
    case .setAside(let records, let ordinary, let earliest):
      SafeString(
        Wording.count(records, "record", number: number) + " set aside, "
          + "\(number(ordinary)) in order since: time leaps ahead to \(time(earliest))")
    case .ruleHasTooMuch(let rule):
      SafeString(
        "the rule \(rule) has too many names or hits in its window: the oldest and rarest are left "
          + "out; try a shorter window")
    case .missingNames(let dimension):
      SafeString(
        "the seconds that it sends have no \(dimension.profile.pluralName): start it with "
          + "--rank \(dimension.profile.name)")
    case .reachable(let address): SafeString("other machines can reach \(address)")
    case .unreadableReports(let count, let failure):
      SafeString(
        Wording.count(count, "message", number: number)
          + (count == 1 ? " is no report of seconds: " : " are no reports of seconds; the first: ")
          + failure.text)
    case .missingReports(let count, let senders):
      SafeString(
        Wording.count(count, "report", number: number) + " never came"
          + (senders > 1 ? ", of \(number(senders)) servers" : "")
          + ": the figures of these seconds are too low")
    case .tooManySenders(let limit):
      SafeString("more than \(number(limit)) servers report: the others do not count")
    case .source(let summary): SafeString(summary.text(number))
    case .moreSources(let count): SafeString("… and \(number(count)) more")
    case .rejectedLine(let line): SafeString("line \(line.number): ") + line.text
    case .input(let notice): SafeString(notice.text(number: number))
    case .about(let source, let notice):
      SafeString(source.bytes) + ": " + notice.text(time: time, number: number)
    }
  }

  private static func unknown(_ lines: FailedLines) -> String {
    let formats = lines.format.map { "the format \($0)" } ?? "a known format"
    return "0 of \(lines.lines) lines match \(formats)" + reason(lines) + "; "
      + (advice(lines) ?? "try --format NAME, lm2000 --formats lists the formats")
  }

  private static func doubtful(_ lines: FailedLines) -> String {
    "over half of \(lines.lines) lines do not match the format \(lines.format ?? "")"
      + reason(lines) + "; " + (advice(lines) ?? "lm2000 --formats lists the formats")
  }

  private static func reason(_ lines: FailedLines) -> String {
    lines.first.map { "; " + $0.sentence(isFormatKnown: lines.format != nil) } ?? ""
  }

  private static func advice(_ lines: FailedLines) -> String? {
    lines.alternative.map { "try --format \($0), which accepts such lines" }
  }

  /// Formats `no record in the span; log: 2026-03-14 08:00:00 to 09:26:53; asked: since ...`
  private static func text(_ empty: EmptyRange, _ time: (EpochSecond) -> String) -> String {
    let first = time(empty.log.lowerBound)
    var last = time(empty.log.upperBound)
    // If the date is the same, it is written once.
    if let blank = first.firstIndex(of: " "), last.hasPrefix(first[...blank]) {
      last.removeFirst(first[...blank].count)
    }
    var requested: [String] = []
    if let since = empty.range.since { requested.append("since " + time(since)) }
    if let until = empty.range.until { requested.append("until " + time(until)) }
    let reason = empty.range.isEmpty ? "the span ends before it begins" : "no record in the span"
    return "\(reason); log: \(first) to \(last); asked: \(requested.joined(separator: ", "))"
  }

  private static func text(_ late: LateHits) -> String {
    let share = text(late.share)
    guard let lateness = late.lateness else { return "\(share) are late, by over a day" }
    let advice = "\(share) are late: --lateness \(lateness) would have kept 99 % of them"
    guard let grace = late.idleGrace else { return advice }
    return advice + ", and so would --idle-grace \(grace): they came after a silence, as from a "
      + "server that writes in blocks"
  }

  private static func text(_ blocks: BlockWriting) -> String {
    let advice =
      "written in blocks up to \(blocks.silence) s apart, so hits came late: "
      + "--idle-grace \(blocks.idleGrace) would have kept them"
    guard let grace = blocks.adaptedGrace else { return advice }
    return advice + (grace == blocks.idleGrace ? ", and" : "; \(grace)") + " is used from now on"
  }

  /// Formats `3.5 % of the hits`.
  private static func text(_ share: HitShare) -> String {
    let percent = Rate(hits: share.part * 100, seconds: Int64(max(share.whole, 1)))
    return "\(percent.shortText) % of the hits"
  }
}

extension EpochSecond {
  /// The time in UTC: `2026-03-14T08:26:53Z`.
  package var iso8601: String {
    var text: [UInt8] = []
    CivilTime(self).appendISO8601(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
