/// How a followed source writes, from all that arrived: in blocks that lie further apart than the
/// grace, or line by line.
struct ModelBlocks {
  /// What came at one look after the first.
  private struct Delivery {
    /// How long nothing had come.
    var silence: Double
    /// Whether that was longer than the grace as it was then: a block begins.
    var beginsBlock: Bool
    var hits: Int
    var late: Int
  }

  /// What is said of the blocks.
  struct Notice: Equatable {
    var silence: Int64
    var needed: Int64
    /// The grace from then on; nil where it stays as it was asked for.
    var grace: Int64?
  }

  private let lateness: Int64
  private let isExplicit: Bool
  /// How long nothing may come before time goes on by itself, `G`.
  private(set) var grace: Int64
  private(set) var notice: Notice?
  private var deliveries: [Delivery] = []
  private(set) var branches: [ClockBranch: Int] = [:]

  init(_ options: ModelOptions) {
    lateness = options.lateness
    isExplicit = options.idleGraceIsExplicit
    grace = options.idleGrace
  }

  /// Lines came after a silence, with so many hits; every hit counts with the lines that it came
  /// with or, where it waited in quarantine, with those that came last when it was accepted.
  mutating func deliver(after silence: Double, hits: Int, late: Int) {
    deliveries.append(
      Delivery(
        silence: silence, beginsBlock: silence > Double(grace), hits: hits, late: late))
    lookAtBlocks()
  }

  /// Hits were accepted although nothing came.
  mutating func release(hits: Int, late: Int) {
    guard !deliveries.isEmpty else { return }
    deliveries[deliveries.count - 1].hits += hits
    deliveries[deliveries.count - 1].late += late
  }

  private mutating func lookAtBlocks() {
    let starts = deliveries.indices.filter { deliveries[$0].beginsBlock }
    guard starts.count >= 2 else { return }
    let (first, second) = (starts[starts.count - 2], starts[starts.count - 1])
    guard counts(deliveries[first..<second]), counts(deliveries[second...]) else { return }
    let longest = max(deliveries[first].silence, deliveries[second].silence)
    let silence = Int64((longest + 0.5).rounded(.down))
    if let notice, notice.silence >= silence { return }
    let needed = saturatingSum(saturatingSum(silence, lateness), 1)
    if isExplicit {
      count(.blocksSaid)
    } else {
      count(needed > 300 ? .graceLimited : notice == nil ? .graceAdapted : .graceAdaptedAgain)
      grace = max(grace, min(needed, 300))
    }
    notice = Notice(silence: silence, needed: needed, grace: isExplicit ? nil : grace)
  }

  private func counts(_ block: ArraySlice<Delivery>) -> Bool {
    let hits = block.map(\.hits).reduce(0, +)
    let late = block.map(\.late).reduce(0, +)
    return hits >= 10 && 10 * late >= hits
  }

  private mutating func count(_ branch: ClockBranch) {
    branches[branch, default: 0] += 1
  }
}

extension ModelBlocks.Notice {
  var text: String {
    "written in blocks after \(silence) s, needs \(needed), waits "
      + "\(grace.map(String.init) ?? "as asked")\n"
  }
}
