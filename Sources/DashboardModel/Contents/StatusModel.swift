import AccessLog
import Messages
import TrafficAnalysis

/// What was answered, and asked for.
struct StatusContent: PaneContent {
  let title = "Status and methods"
  let shortTitle = "status"

  func model(_ context: PaneContext) -> StatusModel { StatusModel(context) }
}

/// Classes of status, and methods, over the window of the tables.
package struct StatusModel: PaneModel {
  package struct Row: Equatable, Sendable {
    package var name: String
    /// How it is to be read where it occurs.
    package var emphasis: Emphasis
    package var share: Double
    package var hits: String
    package var percent: String
  }

  package var rows: [Row]
  package var methods: [Row]
  package var frame: PaneFrame

  init(_ context: PaneContext) {
    let traffic = context.snapshot.table.traffic
    rows = StatusClass.displayOrder.compactMap { status in
      let hits = traffic.status[status]
      let isRare = status == .informational || status == .other
      guard !isRare || hits > 0 else { return nil }
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
    _ name: String, _ hits: Int, of whole: Int, _ emphasis: Emphasis
  ) -> Row {
    Row(
      name: name, emphasis: hits > 0 ? emphasis : .muted,
      share: whole > 0 ? min(1, Double(hits) / Double(whole)) : 0,
      hits: Wording.grouped(hits, in: 9),
      percent: Wording.percent(hits, of: whole))
  }
}
