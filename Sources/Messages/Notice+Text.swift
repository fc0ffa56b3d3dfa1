import AccessLog
import SafeText
import TrafficAnalysis

extension Notice {
  /// The notice for people, on one line and without the name of the input.
  package var text: SafeString {
    switch self {
    case .unknownFormat(let lines): "0 of \(lines) lines match a known format"
    case .doubtfulFormat(let name): "over half of the first lines do not match the format \(name)"
    case .lateHits(let late): SafeString(Self.text(late))
    case .timeStepsBack(let late, let line, let from, let to):
      "the log steps back in time, first at line \(line) from \(Self.iso(from)) to \(Self.iso(to)), and \(Self.text(late)) are late: are files in the wrong order, or was a clock set back?"
    case .aheadOfWallClock(let seconds):
      "every record is ahead of this machine's clock, by \(seconds) s at least: is the clock right?"
    }
  }

  private static func text(_ late: LateHits) -> String {
    let share = text(late.share)
    guard let lateness = late.lateness else { return "\(share) are late, by over a day" }
    let advice = "\(share) are late: --lateness \(lateness) would have kept 99 % of them"
    guard let grace = late.idleGrace else { return advice }
    return advice + ", and so would --idle-grace \(grace): they came after a silence, as from a "
      + "server that writes in blocks"
  }

  /// `3.5 % of the hits`
  private static func text(_ share: HitShare) -> String {
    let percent = Rate(hits: share.part * 100, seconds: Int64(max(share.whole, 1)))
    return "\(percent.shortText) % of the hits"
  }

  private static func iso(_ second: EpochSecond) -> String {
    var text: [UInt8] = []
    CivilTime(second).appendISO8601(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}
