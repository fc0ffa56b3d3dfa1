import AccessLog
import PrivateFiles
import Synchronization

/// The batches that are not sent yet, oldest first. They are on disk, so that the next run sends what
/// this one cannot; where that fails, they are in memory.
///
/// One thread adds batches, and another one sends them.
final class Spool: Sendable {
  /// A batch, and its bytes if they are not on disk.
  fileprivate struct Entry: Sendable {
    var file: SpoolFile
    var bytes: [UInt8]?
  }

  fileprivate struct State {
    var folder: SpoolFolder?
    var problem: String?
    var entries: [Entry] = []
    /// Those before it are sent or dropped.
    var first = 0
    var size = 0
    var memory = 0
    var points = 0
    var lost = 0
    var damaged = 0
    var nextSequence: UInt64 = 1
    /// The batch that is being sent, which is not dropped.
    var current: UInt64?
  }

  private let state = Mutex(State())
  private let limits: InfluxLimits
  private let tags: String

  init(_ limits: InfluxLimits, tags: String) {
    self.limits = limits
    self.tags = tags
  }

  /// The number of points.
  var points: Int { state.withLock { $0.points } }
  /// In bytes.
  var size: Int { state.withLock { $0.size } }
  /// The number of points that were dropped because there was no room, or because their file was
  /// damaged.
  var lost: Int { state.withLock { $0.lost } }
  /// The number of files of a former run that could not be read.
  var damaged: Int { state.withLock { $0.damaged } }
  /// Why batches are not kept on disk; `nil` if they are.
  var problem: String? { state.withLock { $0.problem } }

  /// Opens the folder, with what a former run has left.
  ///
  /// - Parameter path: the folder of all stores; `nil` to keep everything in memory.
  /// - Returns: how far a former run with these tags has come.
  func open(_ path: String?, key: String) -> EpochSecond? {
    guard let path else {
      state.withLock { $0.problem = "neither XDG_STATE_HOME nor HOME is set" }
      return nil
    }
    do throws(FileProblem) {
      let folder = try SpoolFolder(path, key: key)
      state.withLock { state in
        state.folder = folder
        state.damaged = folder.damaged
        for file in folder.remainder { state.append(Entry(file: file)) }
      }
      let marks = folder.remainder.filter { $0.tags == tags }.compactMap(\.through)
      return (marks + [folder.mark(of: tags)].compactMap { $0 }).max()
    } catch {
      state.withLock { $0.problem = error.reason }
      return nil
    }
  }

  // MARK: - Adding

  /// Adds a batch. The oldest ones are dropped if there is no room.
  ///
  /// - Parameter through: how far the run has come with it; `nil` if no further than before.
  func append(_ batch: Batch, through: EpochSecond?) {
    let (folder, file) = state.withLock { state -> (SpoolFolder?, SpoolFile) in
      state.makeRoom(batch.bytes.count, limits)
      let file = SpoolFile(
        sequence: state.nextSequence, batch, tags: tags, through: through)
      return (state.folder, file)
    }
    var problem: String?
    var isKept = false
    do throws(FileProblem) {
      try folder?.write(batch.bytes, to: file)
      isKept = folder != nil
      if let through { try folder?.setMark(through, of: tags) }
    } catch {
      problem = error.reason
    }
    state.withLock { state in
      if folder != nil { state.problem = problem }
      if !isKept { state.makeRoomInMemory(batch.bytes.count, limits) }
      state.append(Entry(file: file, bytes: isKept ? nil : batch.bytes))
    }
  }

  // MARK: - Sending

  /// The oldest batch, which is not dropped until `finish`; `nil` if there is none.
  func next() -> (file: SpoolFile, bytes: [UInt8])? {
    while true {
      let taken = state.withLock { state -> (Entry, SpoolFolder?)? in
        guard state.first < state.entries.count else { return nil }
        let entry = state.entries[state.first]
        state.current = entry.file.sequence
        return (entry, state.folder)
      }
      guard let (entry, folder) = taken else { return nil }
      if let bytes = entry.bytes ?? folder?.read(entry.file) { return (entry.file, bytes) }
      state.withLock { $0.lost += entry.file.points }
      finish(isDone: true)
    }
  }

  /// Ends what `next` began.
  ///
  /// - Parameter isDone: whether the batch is sent, or will never be.
  func finish(isDone: Bool) {
    state.withLock { state in
      state.current = nil
      if isDone { state.removeFirst() }
    }
  }

  /// Tries again to write to disk what is only in memory, and drops what cannot be.
  func saveRest() {
    state.withLock { state in
      for index in state.entries.indices[state.first...] {
        guard let bytes = state.entries[index].bytes else { continue }
        let file = state.entries[index].file
        let isKept: Bool
        do throws(FileProblem) {
          try state.folder?.write(bytes, to: file)
          isKept = state.folder != nil
        } catch {
          isKept = false
        }
        if isKept { continue }
        state.lost += file.points
        state.points -= file.points
      }
    }
  }
}

extension Spool.State {
  fileprivate mutating func append(_ entry: Spool.Entry) {
    entries.append(entry)
    points += entry.file.points
    size += entry.file.size
    if entry.bytes != nil { memory += entry.file.size }
    nextSequence = max(nextSequence, entry.file.sequence + 1)
  }

  fileprivate mutating func removeFirst() {
    guard first < entries.count else { return }
    remove(at: first)
  }

  private mutating func remove(at index: Int) {
    let entry = entries[index]
    points -= entry.file.points
    size -= entry.file.size
    if entry.bytes != nil { memory -= entry.file.size } else { folder?.remove(entry.file) }
    if index == first {
      entries[first].bytes = nil
      first += 1
    } else {
      entries.remove(at: index)
    }
    guard first > 1_024, first > entries.count / 2 else { return }
    entries.removeFirst(first)
    first = 0
  }

  /// Drops the oldest batches until another one fits.
  fileprivate mutating func makeRoom(_ more: Int, _ limits: InfluxLimits) {
    while size + more > limits.spoolCapacity, drop({ _ in true }) {}
  }

  fileprivate mutating func makeRoomInMemory(_ more: Int, _ limits: InfluxLimits) {
    while memory + more > limits.memoryCapacity, drop({ $0.bytes != nil }) {}
  }

  /// Drops the oldest batch of a kind, but not the one that is being sent.
  ///
  /// - Returns: whether there was one.
  private mutating func drop(_ isWanted: (Spool.Entry) -> Bool) -> Bool {
    let index = entries.indices[first...].first {
      entries[$0].file.sequence != current && isWanted(entries[$0])
    }
    guard let index else { return false }
    lost += entries[index].file.points
    remove(at: index)
    return true
  }
}
