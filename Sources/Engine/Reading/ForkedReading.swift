import AccessLog
import Dispatch
import LogInput
import LogParsing
import Synchronization
import TrafficAnalysis

/// Reads chunks of a file with several threads, and hands them out in order.
///
/// The thread that asks for the next chunk reads chunks itself while that one is not ready, so with
/// a single reader no other thread is used. Each chunk begins with a copy of the same parser.
final class ForkedReading: Sendable {
  /// The chunks that may be read ahead of the next one, for each reader.
  private static let chunksAhead = 2

  private struct State: Sendable {
    /// The number of the next chunk to be read.
    var next = 0
    /// The number of the next chunk to be handed out.
    var taken = 0
    /// The chunks that were read and not handed out; `nil` for one that cannot be read.
    var finished: [Int: ParsedChunk?] = [:]
    var isStopped = false
    /// Summaries to be used again.
    var free: [ChunkSummary]
  }

  private let readers: [ChunkReader]
  private let extent: FileExtent
  private let places: ChunkPlaces
  private let parser: LogParser
  private let options: ChunkOptions
  private let state: Mutex<State>
  /// Signalled when a chunk was read.
  private let finishedChunk = DispatchSemaphore(value: 0)
  /// Signalled when one more chunk may be read.
  private let freePlace = DispatchSemaphore(value: 0)
  private let helpers = DispatchGroup()

  init(
    _ readers: [ChunkReader], _ extent: FileExtent, _ places: ChunkPlaces, _ parser: LogParser,
    _ options: ChunkOptions, summaries: [ChunkSummary]
  ) {
    self.readers = readers
    self.extent = extent
    self.places = places
    self.parser = parser
    self.options = options
    state = Mutex(State(free: summaries))
  }

  private var limit: Int { Self.chunksAhead * readers.count }

  /// Lets all readers but the first read in threads of their own.
  func start() {
    for reader in readers.dropFirst() {
      DispatchQueue.global(qos: .userInitiated).async(group: helpers) { self.help(reader) }
    }
  }

  private func help(_ reader: ChunkReader) {
    while true {
      switch state.withLock({ takeNumber(&$0) }) {
      case .chunk(let number): read(number, with: reader)
      case .none: return
      case .later: freePlace.wait()
      }
    }
  }

  private enum Turn {
    case chunk(Int)
    /// Enough chunks wait to be handed out.
    case later
    /// There is nothing left to read.
    case none
  }

  private func takeNumber(_ state: inout State) -> Turn {
    guard !state.isStopped, state.next < places.count else { return .none }
    guard state.next < state.taken + limit else { return .later }
    state.next += 1
    return .chunk(state.next - 1)
  }

  private func read(_ number: Int, with reader: ChunkReader) {
    let summary = state.withLock { $0.free.popLast() } ?? ChunkSummary()
    let chunk = reader.read(places[number], of: extent, with: parser, options, into: summary)
    state.withLock { state in
      state.finished[number] = .some(chunk)
      if chunk == nil { state.isStopped = true }
    }
    finishedChunk.signal()
  }

  /// The next chunk.
  ///
  /// - Returns: `nil` if there is none, or if it cannot be read.
  func nextChunk() -> ParsedChunk? {
    while true {
      switch state.withLock({ takeNext(&$0) }) {
      case .ready(let chunk):
        freePlace.signal()
        return chunk
      case .turn(.chunk(let number)): read(number, with: readers[0])
      case .turn(.later): finishedChunk.wait()
      case .turn(.none): return nil
      }
    }
  }

  /// What the thread that asks for the next chunk does.
  private enum Next {
    case ready(ParsedChunk?)
    /// It reads a chunk, waits for one, or there is none.
    case turn(Turn)
  }

  private func takeNext(_ state: inout State) -> Next {
    if let ready = state.finished.removeValue(forKey: state.taken) {
      state.taken += 1
      return .ready(ready)
    }
    let turn = takeNumber(&state)
    if case .none = turn, state.taken < state.next { return .turn(.later) }
    return .turn(turn)
  }

  /// Lets no further chunk be read; those that are being read are handed out.
  func beginNoChunk() { state.withLock { $0.isStopped = true } }

  /// Gives back a summary to be used again.
  func recycle(_ summary: ChunkSummary) { state.withLock { $0.free.append(summary) } }

  /// Waits until no thread reads any more.
  ///
  /// - Returns: the summaries, to be used again.
  func stop() -> [ChunkSummary] {
    state.withLock { $0.isStopped = true }
    for _ in readers { freePlace.signal() }
    helpers.wait()
    return state.withLock { state in
      state.free + state.finished.values.compactMap { $0?.summary }
    }
  }
}

/// The chunks of an extent, cut at multiples of a length.
struct ChunkPlaces: Sendable {
  private let range: Range<Int64>
  private let length: Int64
  let count: Int

  /// - Parameter range: begins with a line. What follows the last multiple of the length is not part
  ///   of any chunk.
  init(_ range: Range<Int64>, length: Int) {
    self.range = range
    self.length = Int64(length)
    count = Int(max(0, range.upperBound / self.length - range.lowerBound / self.length))
  }

  subscript(number: Int) -> ChunkPlace {
    let first = (range.lowerBound / length + Int64(number)) * length
    let start = max(first, range.lowerBound)
    return ChunkPlace(range: start..<first + length, beginsLine: number == 0)
  }
}
