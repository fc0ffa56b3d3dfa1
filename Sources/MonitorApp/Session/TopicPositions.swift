import AccessLog
import Engine
import KafkaTransfer
import TrafficAnalysis

/// How far topics were analyzed, so that a later run can go on there: from where the windows of rules
/// fill again, and with the alerts that are active.
struct TopicPositions {
  /// The time between two positions that are kept, in seconds.
  private static let interval = 5.0
  /// What brokers keep with a position, in bytes, at most.
  private static let metadataLimit = 4000

  /// The places of each partition, by the ID of the topic among the inputs.
  private var marks: [Int: [Int32: TopicMarks]] = [:]
  /// What was true an interval ago, when it was handed to the actions: by now they have it.
  private var waiting: [Int: [KafkaPosition]] = [:]
  private var lastTime = -Double.infinity

  /// Whether no message was noted.
  var isEmpty: Bool { marks.isEmpty }

  /// Notes the next messages of a partition. See `TopicMarks.note`.
  mutating func note(
    topic: Int, partition: Int32, _ offsets: ClosedRange<Int64>, _ second: EpochSecond?
  ) {
    marks[topic, default: [:]][partition, default: TopicMarks()].note(offsets, second)
  }

  /// The positions to be kept now, by topic.
  ///
  /// - Parameters:
  ///   - now: monotonic time, in seconds.
  ///   - isLast: whether the run ends, and the actions have everything.
  mutating func due(
    _ pipeline: borrowing Pipeline, now: Double, isLast: Bool = false
  ) -> [Int: [KafkaPosition]] {
    guard isLast || now - lastTime >= Self.interval else { return [:] }
    lastTime = now
    let due = waiting
    waiting = positions(pipeline)
    return isLast ? waiting : due
  }

  private mutating func positions(_ pipeline: borrowing Pipeline) -> [Int: [KafkaPosition]] {
    // With too many active alerts, the former position stays.
    guard let reported = pipeline.reported, let closed = reported.closedThrough,
      let metadata = reported.encoded.map(Self.text(of:)), metadata.count <= Self.metadataLimit
    else { return waiting }
    let needed = closed.advanced(by: -pipeline.lookback)
    var positions: [Int: [KafkaPosition]] = [:]
    for topic in marks.keys {
      for partition in (marks[topic] ?? [:]).keys.sorted() {
        guard let offset = marks[topic]?[partition]?.offset(behind: needed) else { continue }
        positions[topic, default: []].append(
          KafkaPosition(partition: partition, offset: offset, metadata: metadata))
      }
    }
    return positions
  }

  /// Brokers keep text.
  private static func text(of bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    Base64.append(bytes, to: &text)
    return text
  }

  /// What a run kept with its positions; `nil` if that is nothing of use. Where partitions differ, the
  /// earliest counts: from there on everything is read again.
  static func reported(_ kept: [[UInt8]], _ options: AnalysisOptions) -> ReportedTraffic? {
    let states = kept.compactMap { metadata -> ReportedTraffic? in
      guard let bytes = metadata.withUnsafeBufferPointer(Base64.bytes) else { return nil }
      return try? ReportedTraffic(decoding: bytes, options)
    }
    guard states.count == kept.count,
      var reported = states.min(by: {
        ($0.closedThrough ?? EpochSecond(.min)) < ($1.closedThrough ?? EpochSecond(.min))
      })
    else { return nil }
    reported.cutThrough = reported.closedThrough?.advanced(by: -options.lookback)
    return reported
  }
}
