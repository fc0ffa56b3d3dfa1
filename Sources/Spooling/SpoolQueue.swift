import PrivateFiles

/// What a spool holds. The first batches may be on their way, and are not dropped then.
struct SpoolQueue<File: SpooledFile>: Sendable {
  /// A batch, and its bytes if they are not on disk.
  struct Entry: Sendable {
    var file: File
    var bytes: [UInt8]?
  }

  var folder: PrivateFolder?
  var problem: String?
  var nextSequence: UInt64 = 1
  private(set) var count = 0
  private(set) var size = 0
  private(set) var lost = 0
  private var entries: [Entry] = []
  /// Those before it are sent or dropped.
  private var first = 0
  /// The number of batches from there on that were taken.
  private var taken = 0
  /// The size of those that are only in memory.
  private(set) var memory = 0

  init() {}

  var isEmpty: Bool { first == entries.count }

  mutating func append(_ file: File, bytes: [UInt8]?) {
    entries.append(Entry(file: file, bytes: bytes))
    count += file.count
    size += file.size
    if bytes != nil { memory += file.size }
    nextSequence = max(nextSequence, file.sequence + 1)
  }

  // MARK: - Taking

  var lastTaken: File? { taken > 0 ? entries[first + taken - 1].file : nil }

  mutating func take() -> Entry? {
    guard first + taken < entries.count else { return nil }
    taken += 1
    return entries[first + taken - 1]
  }

  /// Drops the batch that was taken last.
  mutating func loseLastTaken() {
    guard taken > 0 else { return }
    taken -= 1
    lose(at: first + taken)
  }

  mutating func finish(isDone: Bool) {
    let finished = taken
    taken = 0
    guard isDone else { return }
    for _ in 0..<finished { remove(at: first) }
  }

  // MARK: - Dropping

  /// Drops the oldest batches until another one fits.
  mutating func makeRoom(_ more: Int, _ limits: SpoolLimits) {
    while size + more > limits.capacity, drop({ _ in true }) {}
  }

  mutating func makeRoomInMemory(_ more: Int, _ limits: SpoolLimits) {
    while memory + more > limits.memoryCapacity, drop({ $0.bytes != nil }) {}
  }

  /// Drops the oldest batch of a kind, but none that is on its way.
  ///
  /// - Returns: whether there was one.
  private mutating func drop(_ isWanted: (Entry) -> Bool) -> Bool {
    guard let index = entries.indices[(first + taken)...].first(where: { isWanted(entries[$0]) })
    else { return false }
    lose(at: index)
    return true
  }

  private mutating func lose(at index: Int) {
    lost += entries[index].file.count
    remove(at: index)
  }

  private mutating func remove(at index: Int) {
    let entry = entries[index]
    count -= entry.file.count
    size -= entry.file.size
    if entry.bytes != nil { memory -= entry.file.size } else { folder?.remove(entry.file.name) }
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

  /// Hands what is only in memory to a function that writes it. What it cannot write is lost.
  mutating func saveRest(_ write: (File, [UInt8], PrivateFolder?) -> Bool) {
    // Dropping one may move those behind `first`, all by the same distance.
    for offset in (0..<(entries.count - first)).reversed() {
      let index = first + offset
      guard let bytes = entries[index].bytes else { continue }
      let file = entries[index].file
      if write(file, bytes, folder) {
        entries[index].bytes = nil
        memory -= file.size
      } else {
        if index < first + taken { taken -= 1 }
        lose(at: index)
      }
    }
  }
}
