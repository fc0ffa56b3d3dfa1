import AccessLog
import Glibc
import TrafficAnalysis

/// What `--since` and `--until` ask for: instants, or times in a zone and on a day that the log may
/// have to tell.
struct AskedSpan: Sendable {
  var since: TimeArgument?
  var until: TimeArgument?
  /// The zone that times are shown in.
  var zone: Options.Times

  /// A record of the log is needed to know the instants.
  var needsRecord: Bool {
    [since, until].contains {
      switch $0 {
      case nil, .instant: false
      case .civil: zone == .log
      case .ofDay: true
      }
    }
  }

  /// - Parameters:
  ///   - record: the time of the record whose day is meant.
  ///   - logOffset: the zone that the log writes, in seconds east.
  func resolved(day record: EpochSecond, logOffset: Int) -> RecordSpan {
    RecordSpan(
      since: since.map { instant($0, record, logOffset) },
      until: until.map { instant($0, record, logOffset) })
  }

  private func instant(
    _ time: TimeArgument, _ record: EpochSecond, _ logOffset: Int
  ) -> EpochSecond {
    switch (time, zone) {
    case (.instant(let second), _): return second
    case (.civil(let civil), .utc): return civil.epochSecond
    case (.civil(let civil), .log): return civil.epochSecond.advanced(by: Int64(-logOffset))
    case (.civil(let civil), .local): return LocalZone.instant(civil)
    case (.ofDay(let seconds), _):
      let offset =
        switch zone {
        case .utc: 0
        case .local: LocalZone.offset(record)
        case .log: logOffset
        }
      let civil = CivilTime(record, offset: offset).at(seconds)
      return instant(.civil(civil), record, logOffset)
    }
  }
}
