/// Detects from all deliveries whether a followed source writes line by line, or in blocks that are
/// further apart than the grace.
struct ModelBlocks {
  /// What arrived at a poll after the first one.
  private struct Delivery {
    /// How long nothing had arrived, in seconds.
    var silence: Double
    /// Whether that was longer than the grace at that time.
    var beginsBlock: Bool
    var hits: Int
    var late: Int
  }

  /// The notice about blocks.
  struct Notice: Equatable {
    var silence: Int64
    var needed: Int64
    /// The grace from then on; `nil` if it was set explicitly.
    var grace: Int64?
  }

  private let lateness: Int64
  private let isExplicit: Bool
  /// How long a silence lasts before log time advances, in seconds: `G`.
  private(set) var grace: Int64
  private(set) var notice: Notice?
  private var deliveries: [Delivery] = []
  private(set) var branches: [ClockBranch: Int] = [:]

  init(_ options: ModelOptions) {
    lateness = options.lateness
    isExplicit = options.idleGraceIsExplicit
    grace = options.idleGrace
  }

  /// Adds lines that arrived after a silence. A hit counts with the lines it arrived with or, if it
  /// was quarantined, with the last lines before it was accepted.
  mutating func deliver(after silence: Double, hits: Int, late: Int) {
    deliveries.append(
      Delivery(
        silence: silence, beginsBlock: silence > Double(grace), hits: hits, late: late))
    detectBlocks()
  }

  /// Adds hits that were accepted although nothing arrived.
  mutating func release(hits: Int, late: Int) {
    guard !deliveries.isEmpty else { return }
    deliveries[deliveries.count - 1].hits += hits
    deliveries[deliveries.count - 1].late += late
  }

  private mutating func detectBlocks() {
    let starts = deliveries.indices.filter { deliveries[$0].beginsBlock }
    guard starts.count >= 2 else { return }
    let (first, second) = (starts[starts.count - 2], starts[starts.count - 1])
    guard isLateBlock(deliveries[first..<second]), isLateBlock(deliveries[second...])
    else { return }
    let longest = max(deliveries[first].silence, deliveries[second].silence)
    let silence = Int64((longest + 0.5).rounded(.down))
    if let notice, notice.silence >= silence { return }
    let needed = saturatingSum(saturatingSum(silence, lateness), 1)
    if isExplicit {
      count(.blocksReported)
    } else {
      count(needed > 300 ? .graceLimited : notice == nil ? .graceAdapted : .graceAdaptedAgain)
      grace = max(grace, min(needed, 300))
    }
    notice = Notice(silence: silence, needed: needed, grace: isExplicit ? nil : grace)
  }

  private func isLateBlock(_ block: ArraySlice<Delivery>) -> Bool {
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
