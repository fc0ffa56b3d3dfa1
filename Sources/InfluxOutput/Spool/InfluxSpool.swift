import AccessLog
import PrivateFiles
import Spooling
import Synchronization

/// The points that are not sent yet, and how far runs have come.
final class InfluxSpool: Sendable {
  private let batches: Spool<BatchFile>
  private let tags: String
  private let folder = Mutex<BatchFolder?>(nil)

  init(_ limits: SpoolLimits, tags: String) {
    batches = Spool(limits)
    self.tags = tags
  }

  /// The number of points.
  var points: Int { batches.count }
  /// In bytes.
  var size: Int { batches.size }
  /// The number of points that were dropped because there was no room, or because their file was
  /// damaged.
  var lost: Int { batches.lost }
  /// The number of files of a former run that could not be read.
  var damaged: Int { folder.withLock { $0?.damaged ?? 0 } }
  /// Why batches are not kept on disk; `nil` if they are.
  var problem: String? { batches.problem }

  /// Opens the folder, with what a former run has left.
  ///
  /// - Parameter path: the folder of all stores; `nil` to keep everything in memory.
  /// - Returns: how far a former run with these tags has come.
  func open(_ path: String?, key: String) -> EpochSecond? {
    guard let path else {
      batches.note(problem: "neither XDG_STATE_HOME nor HOME is set")
      return nil
    }
    do throws(FileProblem) {
      let folder = try BatchFolder(path, key: key)
      self.folder.withLock { $0 = folder }
      batches.open(folder.folder, folder.remainder)
      let marks = folder.remainder.filter { $0.tags == tags }.compactMap(\.through)
      return (marks + [folder.mark(of: tags)].compactMap { $0 }).max()
    } catch {
      batches.note(problem: error.reason)
      return nil
    }
  }

  /// Adds a batch. The oldest ones are dropped if there is no room.
  ///
  /// - Parameter through: how far the run has come with it; `nil` if no further than before.
  func append(_ batch: Batch, through: EpochSecond?) {
    batches.makeRoom(for: batch.bytes.count)
    let file = BatchFile(sequence: batches.nextSequence, batch, tags: tags, through: through)
    let folder = folder.withLock { $0 }
    var isKept = false
    do throws(FileProblem) {
      try batches.write(batch.bytes, to: file)
      isKept = true
      if let through { try folder?.setMark(through, of: tags) }
      batches.note(problem: nil)
    } catch {
      batches.note(problem: error.reason)
    }
    batches.append(file, bytes: isKept ? nil : batch.bytes)
  }

  // MARK: - Sending

  /// The oldest batch, which is not dropped until `finish`; `nil` if there is none.
  func next() -> (file: BatchFile, bytes: [UInt8])? { batches.next() }

  /// Ends what `next` began.
  ///
  /// - Parameter isDone: whether the batch is sent, or will never be.
  func finish(isDone: Bool) { batches.finish(isDone: isDone) }

  /// Tries again to write to disk what is only in memory, and drops what cannot be.
  func saveRest() { batches.saveRest() }
}
