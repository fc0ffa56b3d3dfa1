import AccessLog
import Messages
import TrafficAnalysis

/// What the condition of a source depends on besides itself.
package struct SourceClocks: Equatable, Sendable {
  /// The time by the clock that tells when reports came, in whole seconds; `nil` without senders.
  package var now: Int64?
  /// How long a sender that sends nothing is not silent yet, in seconds.
  package var grace: Int64 = 10
  /// How far a clock may be ahead of the wall clock, in seconds.
  package var maxJump: Int64 = 60
  /// The wall clock; `nil` if the log is replayed.
  package var wall: EpochSecond?

  package init() {}

  /// By how many seconds a time is ahead of the wall clock; `nil` if that is not too much.
  func lead(of time: EpochSecond?) -> Int64? {
    guard let wall, let time else { return nil }
    let lead = time.seconds(since: wall)
    return lead > maxJump ? lead : nil
  }
}

/// How a source is, in one word or two.
enum SourceCondition: Equatable {
  case unreadable, withoutFormat
  /// A sender of which nothing has come for some seconds.
  case silent(seconds: Int64)
  /// A sender whose clock is ahead of the wall clock.
  case ahead(seconds: Int64)
  /// A sender some of whose reports are missing.
  case incomplete(missing: Int)
  case waiting, playing
  /// In percent; `nil` if the size is unknown.
  case loading(Int?)
  case listening(ListenerFigures)
  case live, quiet, empty
  /// No more lines will come.
  case read
  /// A sender that sends no more.
  case ended

  init(
    _ state: SourceState, _ figures: SourceFigures, _ clocks: SourceClocks, isReplay: Bool
  ) {
    if let sender = state.sender, state.phase == .following || state.phase == .ended {
      self = Self.of(sender, figures, clocks, hasEnded: state.phase == .ended)
      return
    }
    if let listener = state.listener, state.phase == .following {
      self = .listening(listener)
      return
    }
    switch state.phase {
    case .waiting: self = .waiting
    case .failed: self = .unreadable
    case .loading where isReplay: self = .playing
    case .loading(let read, let total):
      let isKnown = (total ?? 0) > 0
      self = .loading(isKnown ? Int(min(1, Double(read) / Double(total ?? 1)) * 100) : nil)
    case .ended: self = .read
    case .following:
      if figures.tally.hits == 0, figures.tally.rejected.total > 0 {
        self = .withoutFormat
      } else if figures.tally.lines == 0 {
        self = .empty
      } else {
        self = figures.isLive ? .live : .quiet
      }
    }
  }

  private static func of(
    _ sender: SenderFigures, _ figures: SourceFigures, _ clocks: SourceClocks, hasEnded: Bool
  ) -> SourceCondition {
    if hasEnded || figures.hasEnded {
      return sender.missing > 0 ? .incomplete(missing: sender.missing) : .ended
    }
    if let now = clocks.now, let age = sender.silence(at: Double(now), grace: clocks.grace) {
      return .silent(seconds: age)
    }
    if let lead = clocks.lead(of: figures.time) { return .ahead(seconds: lead) }
    if sender.missing > 0 { return .incomplete(missing: sender.missing) }
    return figures.current.hits > 0 ? .live : .quiet
  }

  /// Its place among the others, trouble first.
  var rank: Int {
    switch self {
    case .unreadable: 0
    case .withoutFormat: 1
    case .silent: 2
    case .ahead: 3
    case .incomplete: 4
    case .waiting: 5
    case .playing, .loading: 6
    case .listening, .live: 7
    case .quiet: 8
    case .empty: 9
    case .read, .ended: 10
    }
  }

  /// Whether someone should look at a sender in this condition.
  var isTrouble: Bool { rank < 6 }

  /// The words of the column.
  var words: Words {
    switch self {
    case .unreadable: Words("unreadable", .alert)
    case .withoutFormat: Words("no format", .alert)
    case .silent(let seconds): Words("silent " + Self.time(seconds), .warning)
    case .ahead(let seconds): Words(Self.time(seconds) + " ahead", .warning)
    case .incomplete(let missing):
      Words(ShortNumber.text(Double(missing), wholeFrom: 10) + " missing", .warning)
    case .waiting: Words("waiting", .warning)
    case .playing: Words("playing", .accent)
    case .loading(let share?): Words("loading \(share) %", .accent)
    case .loading(nil): Words("reading", .accent)
    case .listening(let figures): Self.words(figures)
    case .live: Words("live", .good)
    case .quiet: Words("quiet", .muted)
    case .empty: Words("empty", .muted)
    case .read: Words("read", .muted)
    case .ended: Words("ended", .muted)
    }
  }

  /// `42s`, `3m 12s`, `5h 07m`, `12d`: at most seven characters.
  private static func time(_ seconds: Int64) -> String {
    func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m \(padded(seconds % 60))s"
    case ..<86_400: return "\(seconds / 3600)h \(padded(seconds / 60 % 60))m"
    default: return "\(min(seconds / 86_400, 9999))d"
    }
  }

  /// The number of peers, or that of the messages that were lost; always whether others can send.
  private static func words(_ listener: ListenerFigures) -> Words {
    let isOpen = listener.isOpenToOthers
    if listener.lost > 0 {
      // In four characters: the column has no room for more behind the warning.
      let count =
        isOpen
        ? "open " + ShortNumber.text(Double(listener.lost), wholeFrom: 10)
        : Wording.grouped(listener.lost, in: 9)
      return Words(count + " lost", .alert)
    }
    let peers = Wording.count(listener.peers, listener.isTopic ? "partition" : "peer")
    return isOpen ? Words("open " + peers, .warning) : Words(peers, .muted)
  }
}
