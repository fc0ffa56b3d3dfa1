import AccessLog

/// Numbers the seconds of a chunk, and puts the runs of hits of each together.
struct SecondSlots: ~Copyable {
  /// A greater lateness, in seconds, would need too much memory.
  static let greatestLateness: Int64 = 1 << 17

  private struct Recent {
    var second: EpochSecond
    var slot: Int32
  }

  private struct Slot: BitwiseCopyable {
    var second: EpochSecond
    var hits: Int32 = 0
    var runs: Int32 = 0
    var number: Int32

    init(_ second: EpochSecond, number: Int) {
      self.second = second
      self.number = Int32(truncatingIfNeeded: number)
    }
  }

  /// The slots of the last seconds, at the second modulo the length: all hits that are in time are
  /// within the lateness of the greatest time, so no two of their seconds have the same place.
  private var recent: [Recent] = []
  /// By number until they are sorted.
  private var slots = ScratchBuffer<Slot>()
  private var slotCount = 0
  private var isSorted = true
  /// The second of the last run.
  private var last = Recent(second: EpochSecond(.min), slot: -1)
  /// The runs in the order of the chunk.
  private var runs = ScratchBuffer<HitRun>()
  private var runCount = 0
  /// The runs of each second together.
  private var grouped = ScratchBuffer<HitRun>()
  /// For each number, the place of its next run in `grouped`.
  private var places = ScratchBuffer<Int32>()

  /// Makes room for the hits of a chunk.
  ///
  /// - Parameters:
  ///   - records: the most hits that will be added.
  ///   - lateness: in seconds.
  mutating func begin(records: Int, lateness: Int64) {
    var length = 256
    while Int64(length) < lateness + 2 { length *= 2 }
    let free = Recent(second: EpochSecond(.min), slot: -1)
    if recent.count == length, slotCount < length / 2 {
      for slot in slots.elements[..<slotCount] { recent[Self.place(slot.second, length)] = free }
    } else {
      recent = [Recent](repeating: free, count: length)
    }
    slots.grow(to: records)
    runs.grow(to: records)
    (slotCount, runCount) = (0, 0)
    isSorted = true
    last = free
  }

  @inline(__always)
  private static func place(_ second: EpochSecond, _ length: Int) -> Int {
    Int(truncatingIfNeeded: second.value) & (length &- 1)
  }

  /// Adds a run of hits of a second.
  @inline(__always)
  mutating func add(_ range: Range<Int>, at second: EpochSecond) {
    if last.second != second { select(second) }
    let count = Int32(truncatingIfNeeded: range.count)
    slots.elements[Int(last.slot)].hits &+= count
    slots.elements[Int(last.slot)].runs &+= 1
    runs.elements[runCount] = HitRun(
      first: Int32(truncatingIfNeeded: range.lowerBound), count: count, slot: last.slot)
    runCount &+= 1
  }

  private mutating func select(_ second: EpochSecond) {
    let place = Self.place(second, recent.count)
    if recent[place].second != second {
      if slotCount > 0, second < slots.elements[slotCount - 1].second { isSorted = false }
      recent[place] = Recent(second: second, slot: Int32(slotCount))
      slots.elements[slotCount] = Slot(second, number: slotCount)
      slotCount += 1
    }
    last = recent[place]
  }

  /// Orders the seconds, and puts their runs together; no hit may be added afterwards.
  mutating func group() {
    var sorted = UnsafeMutableBufferPointer(rebasing: slots.elements[..<slotCount])
    if !isSorted { sorted.sort { $0.second < $1.second } }
    grouped.grow(to: runCount)
    places.grow(to: slotCount)
    var place: Int32 = 0
    for slot in sorted {
      places.elements[Int(slot.number)] = place
      place &+= slot.runs
    }
    for run in runs.elements[..<runCount] {
      grouped.elements[Int(places.elements[Int(run.slot)])] = run
      places.elements[Int(run.slot)] &+= 1
    }
  }

  /// Calls the body with each second and its hits, in order.
  @inline(__always)
  func visit(of records: UnsafeBufferPointer<Record>, _ body: (EpochSecond, ChunkHits) -> Void) {
    var start = 0
    for slot in slots.elements[..<slotCount] {
      let end = start + Int(slot.runs)
      let runs = UnsafeBufferPointer(rebasing: grouped.elements[start..<end])
      body(slot.second, ChunkHits(records, runs, count: Int(slot.hits)))
      start = end
    }
  }
}
