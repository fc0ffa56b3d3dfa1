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
      positions.note(
        topic: inputs.inputs[source].id, partition: report.partition, report.offset...report.offset,
        second.flatMap(ifItWillCome))
    }
    plain.setTopic(source, isAtEnd: topic.isAtEnd)
  }

  /// Notes the messages with lines that were analyzed since the last call.
  private func noteAnalyzedLines() {
    for (source, input) in inputs.inputs.enumerated() {
      guard let partition = input.peer as? KafkaPartitionSource, let topic = input.owner,
        // Lines in doubt may still count, later than all others.
        !plain.hasRecordsInDoubt(of: source),
        let offsets = partition.takeAnalyzed(through: plain.offset(of: source))
      else { continue }
      positions.note(
        topic: inputs.inputs[topic].id, partition: partition.id, offsets,
        plain.latestRecord(of: source).flatMap(ifItWillCome))
    }
  }

  /// A time; `nil` for one that is so far ahead that it would hold a position for good.
  private func ifItWillCome(_ time: EpochSecond) -> EpochSecond? {
    time <= clock.wall.advanced(by: options.analysis.maxJump) ? time : nil
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
    guard keepsPositions else { return }
    noteAnalyzedLines()
    guard !positions.isEmpty else { return }
    keep(positions.due(plain, now: monotonic()))
  }

  /// The positions for a run that goes on behind the seconds that have closed by now.
  func lastPositions() -> [Int: [KafkaPosition]] {
    guard keepsPositions else { return [:] }
    noteAnalyzedLines()
    guard !positions.isEmpty else { return [:] }
    return positions.due(plain, now: monotonic(), isLast: true)
  }

  /// Lets the brokers keep positions, and waits for them.
  ///
  /// - Parameter limit: the longest time to wait for each topic, in seconds.
  /// - Returns: the topics whose positions are not kept.
  func keepAtEnd(_ positions: [Int: [KafkaPosition]], limit: Double) -> [Name] {
    keep(positions)
    return topics.filter { positions[$0.id] != nil && !$0.topic.finish(limit: limit) }
      .map(\.topic.path)
  }

  private func keep(_ positions: [Int: [KafkaPosition]]) {
    for (id, topic) in topics {
      if let positions = positions[id] { topic.commit(positions) }
    }
  }
}
