import AccessLog

/// A view of a closed second with hits, either as raw hits or as figures. Valid only during the
/// call that it is passed to.
struct SecondView {
  let second: EpochSecond
  /// The uncounted hits, if there are few; empty if the second has figures.
  let rawHits: UnsafeBufferPointer<Record>
  private let head: UnsafePointer<ClosedSeconds.Head>?
  private let allCounts: UnsafeBufferPointer<NameCount>
  private let allDistinct: UnsafeBufferPointer<DistinctNames>
  private let allOthers: UnsafeBufferPointer<ClosedSeconds.Names>
  private let allDetails: UnsafeBufferPointer<SecondDetails>

  @inline(__always)
  init(
    head: UnsafePointer<ClosedSeconds.Head>, counts: UnsafeBufferPointer<NameCount>,
    distinct: UnsafeBufferPointer<DistinctNames>,
    others: UnsafeBufferPointer<ClosedSeconds.Names>,
    details: UnsafeBufferPointer<SecondDetails>
  ) {
    second = head.pointee.second
    rawHits = UnsafeBufferPointer(start: nil, count: 0)
    self.head = head
    allCounts = counts
    allDistinct = distinct
    allOthers = others
    allDetails = details
  }

  @inline(__always)
  init(_ second: EpochSecond, rawHits hits: UnsafeBufferPointer<Record>) {
    self.second = second
    rawHits = hits
    head = nil
    allCounts = UnsafeBufferPointer(start: nil, count: 0)
    allDistinct = UnsafeBufferPointer(start: nil, count: 0)
    allOthers = UnsafeBufferPointer(start: nil, count: 0)
    allDetails = UnsafeBufferPointer(start: nil, count: 0)
  }

  /// The number of hits.
  var hits: Int {
    @inline(__always) get { head?.pointee.traffic.hits ?? rawHits.count }
  }

  /// The totals of its hits.
  var traffic: Traffic {
    var traffic = Traffic()
    add(to: &traffic)
    return traffic
  }

  /// The hits, with those that are errors.
  var totals: SecondTotals {
    let status = traffic.status
    return SecondTotals(
      hits: hits, clientErrors: status[.clientError], serverErrors: status[.serverError])
  }

  /// Adds its totals to others.
  @inline(__always)
  func add(to traffic: inout Traffic) {
    if let head {
      traffic += head.pointee.traffic
    } else {
      for hit in rawHits { traffic.add(hit) }
    }
  }

  /// The location of the name counts of a dimension; `nil` if the hits are raw.
  @inline(__always)
  func names(in dimension: Dimension) -> ClosedSeconds.Names? {
    guard let head else { return nil }
    return ClosedSeconds.names(of: head.pointee, dimension) { allOthers[$0] }
  }

  /// Whether there are names in dimensions that are not common.
  var hasOthers: Bool { head.map { $0.pointee.others > 0 } ?? false }

  /// The latencies of its hits; `nil` if none has one.
  @inline(__always)
  var latencies: SecondLatencies? { details?.latencies }

  /// What is counted besides its totals and its names; `nil` if that is nothing.
  @inline(__always)
  var details: SecondDetails? {
    guard let head, head.pointee.details > 0 else { return nil }
    return allDetails[Int(head.pointee.details) - 1]
  }

  /// Calls the body with what a measure counts, by name and detail.
  func withCounts(of measure: Int, _ body: (ArraySlice<MeasureCount>) -> Void) {
    guard let head, head.pointee.details > 0 else { return }
    allDetails[Int(head.pointee.details) - 1].measures.map { body($0.counts(of: measure)) }
  }

  /// The name counts of a dimension, each name once; empty if the hits are raw.
  @inline(__always)
  func counts(in dimension: Dimension) -> UnsafeBufferPointer<NameCount> {
    guard let names = names(in: dimension) else { return UnsafeBufferPointer(start: nil, count: 0) }
    let first = Int(names.first)
    return UnsafeBufferPointer(rebasing: allCounts[first..<first + Int(names.count)])
  }

  /// All names of a dimension, including dropped ones; `nil` if none was dropped.
  @inline(__always)
  func distinctNames(in dimension: Dimension) -> DistinctNames? {
    guard let names = names(in: dimension), names.distinct > 0 else { return nil }
    return allDistinct[Int(names.distinct) - 1]
  }
}
