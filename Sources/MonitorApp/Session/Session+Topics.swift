import AccessLog
import Engine
import KafkaTransfer
import TrafficAnalysis

// Topics: their reports, and how far they were analyzed.

extension Session {
  private var topics: [(id: Int, topic: KafkaTopic)] {
    inputs.inputs.compactMap { input in
      (input.listener as? KafkaTopic).map { (input.id, $0) }
    }
  }

  /// Hands the reports that have arrived to the pipeline.
  func receiveReports(of topic: KafkaTopic, _ source: Int) {
    continueFromKeptPositions()
    let clock = clock
    for report in topic.drainReports() {
      let second = plain.receive(report.message[...], through: source, clock)
      guard keepsPositions else { continue }
      // A time that will not come would hold the position for good.
      let latest = clock.wall.advanced(by: options.analysis.maxJump)
      positions.note(
        topic: inputs.inputs[source].id, partition: report.partition, offset: report.offset,
        second.flatMap { $0 <= latest ? $0 : nil })
    }
    plain.setTopic(source, isAtEnd: topic.isAtEnd)
  }

  /// The lines that no report holds yet, as one that closes nothing; `nil` if there are none.
  func takeReport() -> SecondReport? { plain.takeReport() }

  // MARK: - Positions

  /// Goes on where an earlier run has stopped, once the brokers have said where that was.
  private func continueFromKeptPositions() {
    guard keepsPositions, !hasLookedForPositions else { return }
    let kept = topics.map(\.topic.kept)
    guard !kept.contains(nil) else { return }
    hasLookedForPositions = true
    let states = kept.compactMap { $0 }.flatMap { $0 }
    // Where something was read before the brokers have answered, it is analyzed anew.
    guard !states.isEmpty, plain.offset == 0, plain.linesRead == 0,
      let reported = TopicPositions.reported(states, options.analysis)
    else { return }
    plain.resume(reported)
  }

  /// Lets the brokers keep how far topics were analyzed, if that is due.
  func keepPositions() {
    guard keepsPositions, !positions.isEmpty else { return }
    let now = monotonic()
    keep(positions.due(plain, now: now))
  }

  /// The positions for a run that goes on behind the seconds that have closed by now.
  func lastPositions() -> [Int: [KafkaPosition]] {
    guard keepsPositions, !positions.isEmpty else { return [:] }
    return positions.due(plain, now: monotonic(), isLast: true)
  }

  /// Lets the brokers keep positions, and waits for them.
  ///
  /// - Parameter limit: the longest time to wait, in seconds.
  func keepAtEnd(_ positions: [Int: [KafkaPosition]], limit: Double) {
    keep(positions)
    for (id, topic) in topics where positions[id] != nil { topic.finish(limit: limit) }
  }

  private func keep(_ positions: [Int: [KafkaPosition]]) {
    for (id, topic) in topics {
      if let positions = positions[id] { topic.commit(positions) }
    }
  }
}
