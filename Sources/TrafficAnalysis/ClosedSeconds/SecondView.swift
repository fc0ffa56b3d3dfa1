import AccessLog

/// A closed second with hits where it lies: few hits as they came, or figures. Valid only as long as
/// it is handed on.
struct SecondView {
  let second: EpochSecond
  /// The hits, where they are rawHits; empty where they are counted.
  let rawHits: UnsafeBufferPointer<Hit>
  private let head: UnsafePointer<ClosedSeconds.Head>?
  private let allCounts: UnsafeBufferPointer<NameCount>

  @inline(__always)
  init(head: UnsafePointer<ClosedSeconds.Head>, counts: UnsafeBufferPointer<NameCount>) {
    second = head.pointee.second
    rawHits = UnsafeBufferPointer(start: nil, count: 0)
    self.head = head
    allCounts = counts
  }

  @inline(__always)
  init(_ second: EpochSecond, rawHits hits: UnsafeBufferPointer<Hit>) {
    self.second = second
    rawHits = hits
    head = nil
    allCounts = UnsafeBufferPointer(start: nil, count: 0)
  }

  var hits: Int {
    @inline(__always) get { head?.pointee.traffic.hits ?? rawHits.count }
  }

  /// Its figures but for names.
  var traffic: Traffic {
    var traffic = Traffic()
    add(to: &traffic)
    return traffic
  }

  /// Adds its figures to others.
  @inline(__always)
  func add(to traffic: inout Traffic) {
    if let head {
      traffic += head.pointee.traffic
    } else {
      for hit in rawHits { traffic.add(hit) }
    }
  }

  /// What is known of the names of a dimension; `nil` where the hits are not counted.
  @inline(__always)
  func names(in dimension: Dimension) -> ClosedSeconds.Names? {
    head?.pointee.names[dimension]
  }

  /// The names of a dimension, each once; none where the hits are not counted.
  @inline(__always)
  func counts(in dimension: Dimension) -> UnsafeBufferPointer<NameCount> {
    guard let names = names(in: dimension) else { return UnsafeBufferPointer(start: nil, count: 0) }
    let first = Int(names.first)
    return UnsafeBufferPointer(rebasing: allCounts[first..<first + Int(names.count)])
  }
}
