import AccessLog
import LogInput
import LogParsing
import TrafficAnalysis

// Reading a file in chunks, by several threads. What is read is what `readBlock` would read.

extension Pipeline {
  /// Reads chunks of the source whose turn it is, until the goal is reached, the time is used up, the
  /// turn is over, or something is met that only `readBlock` can read: the end of the file, a line
  /// that is longer than a line can be, or the lines behind a chunk in which most lines did not match.
  ///
  /// - Returns: whether the goal is reached.
  mutating func readChunks(
    _ reader: BlockReader, _ turn: Turn, until goal: Goal, _ limit: Int, _ clock: ClockReading,
    _ isOverBudget: (inout [MonitorEvent]) -> Bool, _ events: inout [MonitorEvent]
  ) -> Bool {
    let source = turn.source
    let chunkReaders = reader.memory.chunkReaders
    guard sources[source].parser.canFork, rangeFromFirst == nil,
      var run = reader.fork(at: sources[source].offset), reader.chunkPause.isOver(),
      let places = chunkReaders.places(in: run.extent, from: run.place)
    else { return false }
    for chunkReader in chunkReaders.readers {
      analyzer.addNames(of: chunkReader.batch)
      chunkReader.markNamesHandedOn()
    }
    let start = sources[source].parser.atChunkStart()
    let reading = chunkReaders.begin(run.extent, places, start, analyzer.chunkOptions)
    var isGoalReached = false
    var ahead: Int64 = 0
    reading.start()
    while let chunk = reading.nextChunk(), run.continues(with: chunk),
      sources[source].parser.canJoin(chunk.parser, from: start)
    {
      add(chunk, from: start, of: source, clock)
      run.advance(behind: chunk)
      reading.recycle(chunk.summary)
      if isOver(turn) { ahead += Int64(chunk.lines.count) }
      isGoalReached = isGoalReached || emitEvents(until: goal, limit, &events)
      // What is being read will be needed, and costs little to merge.
      if isGoalReached || isOverBudget(&events) || events.count >= limit
        || isOver(turn, bytesAhead: ahead)
      {
        reading.beginNoChunk()
      }
    }
    chunkReaders.end(reading)
    reader.chunkPause.note(hasAdvanced: run.hasAdvanced)
    reader.join(run, at: sources[source].offset)
    return isGoalReached
  }

  private mutating func add(
    _ chunk: ParsedChunk, from start: LogParser, of source: Int, _ clock: ClockReading
  ) {
    var details = chunk.details
    forkedChunks += 1
    sources[source].parser.join(chunk.parser, from: start, &details)
    sources[source].offset += Int64(chunk.lines.count)
    collect(details, of: source)
    addOffset(of: chunk.summary, source)
    analyzer.add(chunk.summary, of: source, wall: clock.wall)
    passKnownLines(of: source, clock)
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
