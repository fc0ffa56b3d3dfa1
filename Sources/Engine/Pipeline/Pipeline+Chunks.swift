import AccessLog
import LogInput
import LogParsing
import TrafficAnalysis

// Reading a file in chunks, by several threads. What is read is what `readBlock` would read.

extension Pipeline {
  /// Reads chunks until the goal is reached, the time is used up, or something is met that only
  /// `readBlock` can read: the end of the file, a line that is longer than a line can be, or the
  /// lines behind a chunk in which most lines did not match.
  ///
  /// - Returns: whether the goal is reached.
  mutating func readChunks(
    _ reader: BlockReader, until goal: Goal, _ limit: Int, _ clock: ClockReading,
    _ isOverBudget: () -> Bool, _ events: inout [MonitorEvent]
  ) -> Bool {
    guard parser.canFork, rangeFromFirst == nil, var run = reader.fork(at: offset),
      let places = reader.chunkReaders.places(in: run.extent, from: run.place)
    else { return false }
    for chunkReader in reader.chunkReaders.readers {
      analyzer.addNames(of: chunkReader.batch)
      chunkReader.markNamesHandedOn()
    }
    let start = parser.atChunkStart()
    let reading = reader.chunkReaders.begin(run.extent, places, start, analyzer.chunkOptions)
    var isGoalReached = false
    reading.start()
    while let chunk = reading.nextChunk(), run.continues(with: chunk),
      parser.canJoin(chunk.parser, from: start)
    {
      add(chunk, from: start, clock)
      run.advance(behind: chunk)
      reading.recycle(chunk.summary)
      isGoalReached = isGoalReached || emitEvents(until: goal, limit, &events)
      // What is being read will be needed, and costs little to merge.
      if isGoalReached || isOverBudget() || events.count >= limit { reading.beginNoChunk() }
    }
    reader.chunkReaders.end(reading, hasAdvanced: run.hasAdvanced)
    reader.join(run, at: offset)
    return isGoalReached
  }

  private mutating func add(_ chunk: ParsedChunk, from start: LogParser, _ clock: ClockReading) {
    var details = chunk.details
    forkedChunks += 1
    parser.join(chunk.parser, from: start, &details)
    offset += Int64(chunk.lines.count)
    collect(details)
    lineOffsets.addBlock(
      lineCount: chunk.summary.lineCount, endingAt: offset, shownLines: analyzer.tally.lines)
    analyzer.add(chunk.summary, wall: clock.wall)
  }
}

/// How far an extent has been read by several threads.
struct ChunkRun {
  let extent: FileExtent
  /// The next line, as an offset in the file.
  private(set) var place: Int64
  /// The bytes before it, as they were read; `nil` if they do not matter, or nothing was read.
  private(set) var last: [UInt8]?
  private(set) var hasAdvanced = false

  init(_ extent: FileExtent, at place: Int64) {
    self.extent = extent
    self.place = place
    last = extent.before
  }

  /// Whether a chunk follows what was read, and the bytes before it are still the same.
  func continues(with chunk: ParsedChunk) -> Bool {
    chunk.lines.lowerBound == place && (last.map { $0 == chunk.before } ?? true)
  }

  mutating func advance(behind chunk: ParsedChunk) {
    place = chunk.lines.upperBound
    last = extent.before.map { _ in chunk.last }
    hasAdvanced = true
  }
}
