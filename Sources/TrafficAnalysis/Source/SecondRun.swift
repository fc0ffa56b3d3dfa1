import AccessLog

/// Consecutive closed seconds with hits, of which none has so many that they were counted. Valid only
/// during the call that it is passed to.
///
/// In a log with few hits a second, most of the work is done once for each second. A run does it once.
struct SecondRun {
  /// The most seconds of a run. So few hits cannot fill a ranking that is at most half full, however
  /// long their names are.
  static let limit = 16

  private let closings: Slice<UnsafeBufferPointer<Closing>>
  /// The raw hits of all closings of the queue.
  private let allHits: UnsafeBufferPointer<Record>

  /// - Parameter closings: at least one; all have raw hits, which follow each other.
  init(_ closings: Slice<UnsafeBufferPointer<Closing>>, _ hits: UnsafeBufferPointer<Record>) {
    self.closings = closings
    allHits = hits
  }

  var count: Int { closings.count }
  var isEmpty: Bool { closings.isEmpty }

  var first: EpochSecond { closings[closings.startIndex].through }
  var last: EpochSecond { closings[closings.endIndex - 1].through }

  /// A second, by its place in the run.
  subscript(place: Int) -> SecondView {
    let closing = closings[closings.startIndex + place]
    return SecondView(
      closing.through, rawHits: UnsafeBufferPointer(rebasing: allHits[closing.rawHits]))
  }

  /// The number of hits of a second, by its place in the run.
  func hits(at place: Int) -> Int { closings[closings.startIndex + place].rawHits.count }

  /// The hits of all its seconds, in order.
  var hits: UnsafeBufferPointer<Record> {
    guard !isEmpty else { return UnsafeBufferPointer(start: nil, count: 0) }
    let first = closings[closings.startIndex].rawHits.lowerBound
    let end = closings[closings.endIndex - 1].rawHits.upperBound
    return UnsafeBufferPointer(rebasing: allHits[first..<end])
  }

  /// The hits of all its seconds as those of the first.
  var joined: SecondView { SecondView(first, rawHits: hits) }

  /// The hits that were read with each second.
  var deltas: some Sequence<HitDelta> { closings.lazy.map(\.delta) }

  /// The first seconds of the run.
  func prefix(_ count: Int) -> SecondRun { SecondRun(closings.prefix(count), allHits) }

  /// The run without its first seconds.
  func dropFirst(_ count: Int) -> SecondRun { SecondRun(closings.dropFirst(count), allHits) }
}
