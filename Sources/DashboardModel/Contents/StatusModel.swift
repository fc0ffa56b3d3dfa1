import AccessLog
import Messages
import TrafficAnalysis

/// The pane with status classes and methods.
struct StatusContent: PaneContent {
  let title = "Status and methods"
  let shortTitle = "status"

  func model(_ context: PaneContext) -> StatusModel { StatusModel(context) }
}

/// The status classes and methods in the window of the tables.
package struct StatusModel: PaneModel {
  /// A status class or a method.
  package struct Row: Equatable, Sendable {
    /// `2xx`, `GET`.
    package var name: String
    /// Muted if there are no hits.
    package var emphasis: Emphasis
    /// The fraction of all hits.
    package var share: Double
    /// The number of hits.
    package var hits: String
    /// The percentage of all hits.
    package var percent: String
  }

  /// The status classes.
  package var rows: [Row]
  /// The methods, the most frequent first.
  package var methods: [Row]
  /// The texts in the border.
  package var frame: PaneFrame

  init(_ context: PaneContext) {
    let traffic = context.snapshot.table.traffic
    rows = StatusClass.displayOrder.compactMap { status in
      let hits = traffic.status[status]
      guard !status.isRare || hits > 0 else { return nil }
      let emphasis: Emphasis =
        switch status {
        case .clientError: .notice
        case .serverError: .warning
        default: .plain
        }
      return Self.row(status.name, hits, of: traffic.hits, emphasis)
    }
    var methods: [Row] = []
    traffic.methods.forEachRanked {
      methods.append(Self.row($0.name, $1, of: traffic.hits, .plain))
    }
    self.methods = methods
    frame = PaneFrame(context, note: context.snapshot.table.note)
  }

  private static func row(
    _ name: String, _ hits: Int, of total: Int, _ emphasis: Emphasis
  ) -> Row {
    Row(
      name: name, emphasis: hits > 0 ? emphasis : .muted,
      share: total > 0 ? min(1, Double(hits) / Double(total)) : 0,
      hits: Wording.grouped(hits, in: 9),
      percent: Wording.percent(hits, of: total))
  }
}
