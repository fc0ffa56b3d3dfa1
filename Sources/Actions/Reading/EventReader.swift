/// Reads events as `--output ndjson` writes them, and makes each notification once.
package struct EventReader: Sendable {
  /// The longest line, in bytes.
  static let lineLimit = 4 << 20
  /// The number of ids that are remembered.
  static let idLimit = 65_536

  /// The lines that were events of any kind, also those that had come before.
  package private(set) var events = 0
  /// Whether an alert triggered.
  package private(set) var hasAlerted = false
  /// The lines that were not events, or too long.
  package private(set) var badLines = 0
  /// The events that had come before.
  package private(set) var duplicates = 0
  private var line: [UInt8] = []
  private var isSkipping = false
  private var seen: SeenIDs

  package init() { self.init(idLimit: Self.idLimit) }

  init(idLimit: Int) { seen = SeenIDs(limit: idLimit) }

  /// Reads the next bytes.
  ///
  /// - Returns: the notifications of the events that are complete. Other events are ignored.
  package mutating func read(_ bytes: ArraySlice<UInt8>) -> [ActionNotification] {
    var notifications: [ActionNotification] = []
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      append(rest[..<end])
      if let notification = finishLine() { notifications.append(notification) }
      rest = rest[(end + 1)...]
    }
    append(rest)
    return notifications
  }

  /// Reads the last line, which may lack its end.
  package mutating func finish() -> ActionNotification? { finishLine() }

  private mutating func append(_ part: ArraySlice<UInt8>) {
    guard !isSkipping else { return }
    guard line.count + part.count <= Self.lineLimit else {
      isSkipping = true
      line = []
      return
    }
    line += part
  }

  private mutating func finishLine() -> ActionNotification? {
    defer {
      line.removeAll(keepingCapacity: line.count < 1 << 16)
      isSkipping = false
    }
    if isSkipping {
      badLines += 1
      return nil
    }
    guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return nil }
    guard case .object(let members)? = JSONReader.value(of: line) else {
      badLines += 1
      return nil
    }
    let object = JSONValue.object(members)
    guard let kind = object["event"]?.text else {
      badLines += 1
      return nil
    }
    guard kind == "alert" || kind == "interval" else {
      events += 1
      return nil
    }
    guard let notification = ActionNotification(event: object) else {
      badLines += 1
      return nil
    }
    events += 1
    if notification.state == .triggered { hasAlerted = true }
    guard seen.insert(notification.id) else {
      duplicates += 1
      return nil
    }
    return notification
  }
}

/// The latest ids that came by.
struct SeenIDs: Sendable {
  private let limit: Int
  private var ids: Set<String> = []
  /// A ring of the ids in the order of their arrival.
  private var order: [String] = []
  private var oldest = 0

  init(limit: Int) { self.limit = max(1, limit) }

  /// Remembers an id, and forgets the oldest one if there are too many.
  ///
  /// - Returns: whether it is new.
  mutating func insert(_ id: String) -> Bool {
    guard ids.insert(id).inserted else { return false }
    if order.count < limit {
      order.append(id)
    } else {
      ids.remove(order[oldest])
      order[oldest] = id
      oldest = (oldest + 1) % limit
    }
    return true
  }
}
