import AccessLog

/// The notices of a listener. One kind comes at most once in some seconds, however much is wrong: a
/// flood must not become a flood of notices.
struct ListenerNotices {
  private let interval: Double
  private var pending: [Notice] = []
  /// The figures that have been reported.
  private var reported = ListenerFigures()
  private var lastLoss = -Double.infinity
  private var lastFault = -Double.infinity
  private var faults: (count: Int, latest: FramingFault, peer: Name)?

  /// - Parameter interval: the time between two notices of one kind, in seconds.
  init(interval: Double) {
    self.interval = interval
  }

  mutating func add(_ notice: InputNotice) { pending.append(.input(notice)) }

  /// Notes that a connection was closed.
  mutating func add(_ fault: FramingFault, of peer: Name) {
    faults = ((faults?.count ?? 0) + 1, fault, peer)
  }

  /// Notes the figures at a moment, in monotonic seconds.
  mutating func note(_ figures: ListenerFigures, _ now: Double) {
    if figures.lost > reported.lost, now - lastLoss >= interval {
      lastLoss = now
      add(
        .lostMessages(
          byKernel: figures.droppedByKernel - reported.droppedByKernel,
          here: figures.droppedHere - reported.droppedHere))
      reported.droppedByKernel = figures.droppedByKernel
      reported.droppedHere = figures.droppedHere
    }
    if let faults, now - lastFault >= interval {
      lastFault = now
      self.faults = nil
      add(.closedConnection(peer: faults.peer, faults.latest, others: faults.count - 1))
    }
    if figures.displaced > reported.displaced, reported.displaced == 0 {
      reported.displaced = figures.displaced
      add(.tooManyPeers)
    }
  }

  mutating func drain() -> [Notice] {
    defer { pending = [] }
    return pending
  }
}
