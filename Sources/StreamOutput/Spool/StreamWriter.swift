import AccessLog
import PrivateFiles
import Spooling

/// Numbers reports and writes them to the spool.
///
/// Files are written in an order that survives a kill at any moment: first the batches, then how far the
/// run has come with them, and only then they may be sent. What a killed run has sent is therefore never
/// sent again with other numbers.
struct StreamWriter: Sendable {
  private let spool: Spool<StreamBatchFile>
  private let folder: StreamFolder?
  private let batchBytes: Int
  private let sender: Name
  private let newSeries: @Sendable () -> UInt64
  private(set) var progress: StreamProgress
  /// The series that the folder has; `nil` if it has none.
  private var savedSeries: UInt64?

  /// - Parameters:
  ///   - sender: the name in reports.
  ///   - isContinued: whether reports go on where those of a former run have stopped.
  init(
    _ spool: Spool<StreamBatchFile>, _ folder: StreamFolder?, sender: Name, _ limits: StreamLimits,
    isContinued: Bool = true, newSeries: @escaping @Sendable () -> UInt64
  ) {
    self.spool = spool
    self.folder = folder
    self.sender = sender
    self.newSeries = newSeries
    batchBytes = limits.batchBytes
    progress = folder?.progress ?? StreamProgress(series: newSeries())
    if !isContinued {
      (progress.series, progress.sequence, progress.checkpoints) = (newSeries(), 0, [:])
    }
    guard let folder else { return }
    spool.skip(through: max(progress.lastBatch, folder.batches.last?.sequence ?? 0))
    progress.lastBatch = spool.nextSequence - 1
    do throws(FileProblem) {
      if folder.progress != progress { try folder.write(progress) }
      savedSeries = progress.series
    } catch {
      spool.note(problem: error.reason)
    }
  }

  /// Adds what came in some turns to the spool.
  mutating func write(_ turns: [StreamTurn]) {
    var next = progress
    if let checkpoints = turns.last(where: { $0.checkpoints != nil })?.checkpoints {
      next.checkpoints = checkpoints
    }
    let batches = batches(turns, &next)
    spool.makeRoom(for: batches.reduce(0) { $0 + $1.size })
    var files: [StreamBatchFile] = []
    do throws(FileProblem) {
      guard let folder else { throw FileProblem(spool.problem ?? "there is no folder") }
      for batch in batches {
        let bytes = batch.encoded
        next.lastBatch = max(next.lastBatch + 1, spool.nextSequence)
        let file = StreamBatchFile(sequence: next.lastBatch, count: batch.count, size: bytes.count)
        files.append(file)
        // What is noted as done below must not be gone after a loss of power.
        try spool.write(bytes, to: file, isDurable: true)
      }
      try folder.write(next)
      progress = next
      savedSeries = next.series
      spool.note(problem: nil)
      for file in files { spool.append(file) }
    } catch {
      spool.note(problem: error.reason)
      for file in files { spool.remove(file) }
      keepInMemory(turns, checkpoints: next.checkpoints)
    }
  }

  /// Adds what cannot be written to disk. It has another series: the next run may continue the one that
  /// the folder knows.
  private mutating func keepInMemory(_ turns: [StreamTurn], checkpoints: [Name: [UInt8]]) {
    if progress.series == savedSeries {
      progress.series = newSeries()
      progress.sequence = 0
    }
    progress.checkpoints = checkpoints
    for batch in batches(turns, &progress) {
      let bytes = batch.encoded
      progress.lastBatch = max(progress.lastBatch + 1, spool.nextSequence)
      spool.append(
        StreamBatchFile(sequence: progress.lastBatch, count: batch.count, size: bytes.count),
        bytes: bytes)
    }
  }

  /// Tries again to write what is only in memory. What cannot be written is lost.
  mutating func saveRest() {
    guard spool.hasMemory else { return }
    spool.saveRest()
    do throws(FileProblem) { try folder?.write(progress) } catch {
      // Nobody knows of the files: the next run removes them, and reads the logs again from there.
      spool.note(problem: error.reason)
    }
  }

  /// The messages of turns, numbered.
  private func batches(_ turns: [StreamTurn], _ progress: inout StreamProgress) -> [StreamBatch] {
    var batches: [StreamBatch] = []
    var current = StreamBatch()
    func add(_ message: StreamMessage, count: Int) {
      current.add(message, count: count)
      guard current.size >= batchBytes else { return }
      batches.append(current)
      current = StreamBatch()
    }
    for turn in turns {
      progress.sequence += turn.skipped
      for report in turn.reports {
        progress.sequence += 1
        let sent = SentReport(
          sender: sender, series: progress.series, sequence: progress.sequence, report: report)
        add(
          StreamMessage(key: sender.bytes, value: sent.encoded), count: report.hasHits ? 1 : 0)
      }
      for message in turn.messages { add(message, count: 1) }
    }
    if !current.messages.isEmpty { batches.append(current) }
    return batches
  }
}
