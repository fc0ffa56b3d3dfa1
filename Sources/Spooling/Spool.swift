import PrivateFiles
import Synchronization

/// The batches that are not sent yet, oldest first. They are on disk, so that the next run sends what
/// this one cannot; where that fails, they are in memory.
///
/// One thread adds batches, and another one sends them.
package final class Spool<File: SpooledFile>: Sendable {
  private let state = Mutex(SpoolQueue<File>())
  private let limits: SpoolLimits

  package init(_ limits: SpoolLimits) { self.limits = limits }

  /// What the batches count together; see `SpooledFile`.
  package var count: Int { state.withLock { $0.count } }
  /// In bytes.
  package var size: Int { state.withLock { $0.size } }
  /// What was dropped because there was no room, or because its file was damaged, counted likewise.
  package var lost: Int { state.withLock { $0.lost } }
  /// Whether all batches are sent or dropped.
  package var isEmpty: Bool { state.withLock { $0.isEmpty } }
  /// Whether there are batches that are only in memory.
  package var hasMemory: Bool { state.withLock { $0.memory > 0 } }
  /// Why batches are not kept on disk; `nil` if they are.
  package var problem: String? { state.withLock { $0.problem } }
  /// The number of the next batch.
  package var nextSequence: UInt64 { state.withLock { $0.nextSequence } }

  /// Keeps batches in a folder.
  ///
  /// - Parameter files: what a former run has left there, oldest first.
  package func open(_ folder: PrivateFolder, _ files: [File]) {
    state.withLock { state in
      state.folder = folder
      for file in files { state.append(file, bytes: nil) }
    }
  }

  /// Notes why batches are not kept on disk.
  package func note(problem: String?) { state.withLock { $0.problem = problem } }

  /// Leaves out the numbers up to one that may have been in use.
  package func skip(through sequence: UInt64) {
    state.withLock { $0.nextSequence = max($0.nextSequence, sequence + 1) }
  }

  // MARK: - Adding

  /// Drops the oldest batches until another one fits.
  package func makeRoom(for bytes: Int) { state.withLock { $0.makeRoom(bytes, limits) } }

  /// Writes a batch to the folder.
  ///
  /// - Parameter isDurable: whether it must survive a loss of power.
  /// - Throws: if it cannot be written, or there is no folder.
  package func write(
    _ bytes: [UInt8], to file: File, isDurable: Bool = false
  ) throws(FileProblem) {
    guard let folder = state.withLock({ $0.folder }) else {
      throw FileProblem(problem ?? "there is no folder")
    }
    try folder.write(bytes, to: file.name, isDurable: isDurable)
  }

  /// Removes the file of a batch that is not in the spool.
  package func remove(_ file: File) { _ = state.withLock { $0.folder }?.remove(file.name) }

  /// Adds a batch, which is sent from now on.
  ///
  /// - Parameter bytes: the batch, if it is not on disk.
  package func append(_ file: File, bytes: [UInt8]? = nil) {
    state.withLock { state in
      if let bytes { state.makeRoomInMemory(bytes.count, limits) }
      state.append(file, bytes: bytes)
    }
  }

  // MARK: - Sending

  /// The oldest batch that has not been taken; `nil` if there is none. It is not dropped until `finish`.
  package func next() -> (file: File, bytes: [UInt8])? {
    while true {
      let taken = state.withLock { ($0.take(), $0.folder) }
      guard let entry = taken.0 else { return nil }
      if let bytes = entry.bytes ?? taken.1?.read(entry.file.name, limit: entry.file.size),
        bytes.count == entry.file.size
      {
        return (entry.file, bytes)
      }
      state.withLock { $0.loseLastTaken() }
    }
  }

  /// Ends what `next` began: of all batches that were taken since.
  ///
  /// - Parameter isDone: whether they are sent, or will never be. If not, they are taken again.
  package func finish(isDone: Bool) { state.withLock { $0.finish(isDone: isDone) } }

  /// Keeps a batch that was taken last aside, because it is damaged.
  package func setAsideLastTaken() {
    state.withLock { state in
      if let file = state.lastTaken { state.folder?.setAside(file.name) }
      state.loseLastTaken()
    }
  }

  /// Tries again to write to disk what is only in memory, and drops what cannot be.
  package func saveRest() {
    state.withLock { state in
      state.saveRest { file, bytes, folder in
        do throws(FileProblem) {
          try folder?.write(bytes, to: file.name)
          return folder != nil
        } catch {
          return false
        }
      }
    }
  }
}

extension PrivateFolder {
  /// The number of damaged files that are kept.
  private static var mostAside: Int { 16 }
  private static var ending: String { ".bad" }

  /// Renames a file that is damaged, so that somebody can look at it; where there are many already, it
  /// is removed.
  package func setAside(_ name: String) {
    let others = names.count { $0.hasSuffix(Self.ending) }
    if others >= Self.mostAside || !rename(name, to: name + Self.ending) { remove(name) }
  }

  /// Whether that is the name of a file that was set aside.
  package static func isSetAside(_ name: String) -> Bool { name.hasSuffix(ending) }
}
