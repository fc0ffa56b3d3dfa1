import AccessLog

/// The rotated generations of a log and the log itself, read one after the other as one stream.
///
/// A generation that cannot be read to its end does not stop the others: the rest of it is left out,
/// and reported.
package final class HistorySource: LogSource {
  /// The generations that are not the newest, in the order in which they are read.
  private let older: [any RewindableSource]
  /// The log itself, which may be followed.
  private let newest: any LogSource
  /// Moves the newest generation to an offset; `nil` where it cannot be rewound.
  private let rewind: ((Int64) -> Void)?
  /// The index of the generation that is read, among the older ones and the newest.
  private var current = 0
  /// The offset in the stream at which each generation begins, as far as it is known.
  private var starts: [Int64] = [0]
  /// The offset of the next byte in the stream.
  private var offset: Int64 = 0
  private var notices: [Notice] = []
  /// The generations that could not be read to their ends.
  private var failed: Set<Int> = []

  /// - Parameters:
  ///   - older: at least one generation, in the order of their times.
  ///   - rewind: moves the newest generation to an offset in it.
  package init(
    _ older: [any RewindableSource], _ newest: any LogSource, rewind: ((Int64) -> Void)? = nil
  ) {
    self.older = older
    self.newest = newest
    self.rewind = rewind
  }

  private var source: any LogSource { current < older.count ? older[current] : newest }

  /// Whether a generation could not be read to its end.
  package var hasFailed: Bool { !failed.isEmpty }

  package var heading: [UInt8] { source.heading }

  package var state: SourceState { newest.state }

  /// `nil` until the newest generation is read.
  package var place: SavedPlace? { current < older.count ? nil : newest.place }

  /// The notices of all generations.
  package func drainNotices() -> [Notice] {
    defer { notices = [] }
    let others = older.flatMap { source in
      source.drainNotices().map { Notice.about(source.path, $0) }
    }
    return notices + others + newest.drainNotices()
  }
}

// MARK: - Reading

extension HistorySource {
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    guard current < older.count else {
      let result = try newest.read(into: buffer)
      if case .bytes(let count) = result { offset += Int64(count) }
      return result
    }
    do throws(InputFailure) {
      switch try older[current].read(into: buffer) {
      case .bytes(let count):
        offset += Int64(count)
        return .bytes(count)
      case .caughtUp, .pending, .boundary, .cut, .end:
        beginNext()
        return .boundary
      }
    } catch {
      if failed.insert(current).inserted {
        notices.append(.about(older[current].path, .input(.unreadable(error))))
      }
      beginNext()
      return .cut
    }
  }

  private func beginNext() {
    current += 1
    if starts.count == current { starts.append(offset) } else { rewindCurrent(to: 0) }
  }

  /// Moves the generation that is read to an offset in it.
  private func rewindCurrent(to place: Int64) {
    if current < older.count { older[current].seek(to: place) } else { rewind?(place) }
  }

  package var extent: FileExtent? { source.extent }

  package func skip(to place: Int64, last: [UInt8]) {
    guard current < older.count else {
      let before = newestPlace
      newest.skip(to: place, last: last)
      offset += place - (before ?? place)
      return
    }
    offset += place - older[current].position
    older[current].skip(to: place, last: last)
  }

  /// The offset in the newest file of what is next, if it can be read in chunks.
  private var newestPlace: Int64? { newest.extent?.range.lowerBound }

  /// Continues reading at an offset in the stream that was reached before.
  package func seek(to offset: Int64) {
    let target = starts.lastIndex { $0 <= offset } ?? 0
    current = target
    self.offset = offset
    rewindCurrent(to: offset - starts[target])
  }

  /// The length of the stream in bytes, estimated for what is compressed and was not read; `nil` if
  /// that of the newest generation is unknown.
  package func size(ofNewest size: Int64?) -> Int64? {
    size.map { size in older.reduce(size) { $0 + $1.estimatedSize } }
  }
}

extension RewindableSource {
  /// How many bytes compressed logs usually become for one.
  private static var usualRatio: Double { 12 }

  /// The length in bytes; an estimate while a compressed file was not read to its end.
  package var estimatedSize: Int64 {
    if let knownSize { return knownSize }
    guard case .loading(let read, let total?) = state.phase else { return position }
    let ratio = read > 0 ? Double(position) / Double(read) : Self.usualRatio
    return max(position, Int64(Double(total) * ratio))
  }
}
