import AccessLog
import TrafficAnalysis

/// What waits to be saved, in order.
struct HistoryQueue: Sendable {
  enum Item: Sendable {
    case alert(AlertTransition)
    case minute(IntervalReport, MinuteReading)
    /// Positions, and what was counted before them of the minute that has not closed.
    case checkpoints([Name: [UInt8]], MinutePart?)
    /// A checkpoint is not to be used any more.
    case rejection(Name, reason: String)

    /// The number of rows, about.
    var weight: Int {
      switch self {
      case .alert(let transition): 1 + transition.changes.reduce(0) { $0 + $1.count }
      case .minute(let report, _): 1 + report.rankings.reduce(0) { $0 + $1.count }
      case .checkpoints(let positions, let part):
        positions.count + (part?.report.rankings.reduce(0) { $0 + $1.count } ?? 0)
      case .rejection: 1
      }
    }

    var isEvent: Bool {
      switch self {
      case .alert, .minute: true
      case .checkpoints, .rejection: false
      }
    }

    /// The second up to which something is saved with it.
    var second: EpochSecond? {
      switch self {
      case .alert(let transition): transition.second
      case .minute(let report, _): report.to.advanced(by: -1)
      case .checkpoints, .rejection: nil
      }
    }
  }

  private let limits: HistoryLimits
  /// Those before `first` have left.
  private var items: [Item] = []
  private var first = 0
  /// The weight of all that waits.
  private var weight = 0
  /// The number of alerts and minutes that wait.
  private(set) var events = 0
  /// The number of those that had no room.
  private(set) var dropped = 0

  init(_ limits: HistoryLimits) { self.limits = limits }

  var isEmpty: Bool { first == items.count }

  /// Whether whoever adds much should wait.
  var isCongested: Bool { weight >= limits.capacity / 2 }

  /// Adds an item, or drops it if there is no room.
  ///
  /// - Returns: whether it is the first one to be dropped.
  mutating func add(_ item: Item) -> Bool {
    if case .checkpoints(let positions, let part) = item { return add(positions, part) }
    guard weight < limits.capacity else {
      dropped += item.isEvent ? 1 : 0
      return dropped == 1
    }
    append(item)
    return false
  }

  /// Adds positions. Only the latest matter, and after a loss they must stay where they are.
  private mutating func add(_ positions: [Name: [UInt8]], _ part: MinutePart?) -> Bool {
    guard dropped == 0 else { return false }
    if !isEmpty, items.count - first > inFlight, case .checkpoints(let earlier, _)? = items.last {
      weight -= items.removeLast().weight
      append(.checkpoints(earlier.merging(positions) { _, new in new }, part))
    } else {
      append(.checkpoints(positions, part))
    }
    return false
  }

  private mutating func append(_ item: Item) {
    items.append(item)
    weight += item.weight
    events += item.isEvent ? 1 : 0
  }

  /// The number of items that are being saved.
  private var inFlight = 0

  /// The next items to save together. They wait on until `removeBatch`.
  mutating func nextBatch() -> [Item] {
    var weight = 0
    let batch = items[first...].prefix { item in
      defer { weight += item.weight }
      return weight < limits.batch
    }
    inFlight = batch.count
    return Array(batch)
  }

  /// The batch has been saved.
  mutating func removeBatch() {
    for item in items[first..<first + inFlight] {
      weight -= item.weight
      events -= item.isEvent ? 1 : 0
    }
    first += inFlight
    inFlight = 0
    if first > 64, first * 2 > items.count {
      items.removeFirst(first)
      first = 0
    }
  }

  /// The batch could not be saved: it waits on.
  mutating func keepBatch() { inFlight = 0 }
}
