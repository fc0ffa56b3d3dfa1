import AccessLog
import TrafficAnalysis

/// Classes of status, and methods, over the window of the tables.
package struct StatusModel: Equatable, Sendable {
  package struct Row: Equatable, Sendable {
    package var name: String
    /// How it is to be read where it occurs.
    package var weight: Weight
    package var share: Double
    package var hits: String
    package var percent: String
  }

  package enum Weight: Equatable, Sendable { case usual, client, server, none }

  package var rows: [Row]
  package var methods: [Row]
  package var note: String
  package var focused: Bool

  init(_ snapshot: Snapshot, focused: Bool) {
    let traffic = snapshot.table.traffic
    rows = StatusClass.displayOrder.compactMap { status in
      let hits = traffic.status[status]
      let isRare = status == .informational || status == .other
      guard !isRare || hits > 0 else { return nil }
      let weight: Weight =
        switch status {
        case .clientError: .client
        case .serverError: .server
        default: .usual
        }
      return Self.row(status.name, hits, of: traffic.hits, weight)
    }
    methods = traffic.methods.ranked.map {
      Self.row($0.method.name, $0.hits, of: traffic.hits, .usual)
    }
    note = TableModel.note(snapshot.table)
    self.focused = focused
  }

  private static func row(_ name: String, _ hits: Int, of whole: Int, _ weight: Weight) -> Row {
    Row(
      name: name, weight: hits > 0 ? weight : .none,
      share: whole > 0 ? min(1, Double(hits) / Double(whole)) : 0,
      hits: Wording.grouped(hits, in: 9),
      percent: Wording.percent(hits, of: whole))
  }
}
