import AccessLog
import Messages
import TrafficAnalysis

/// The pane with status classes, methods and status codes.
struct StatusContent: PaneContent {
  let keys = [KeyHint("w", "window"), KeyHint("z", "zoom")]

  func model(_ context: PaneContext) -> StatusModel { StatusModel(context) }
}

/// The status classes, methods and status codes in the window of the tables.
package struct StatusModel: PaneModel {
  /// The number of status codes that are shown at most.
  static let codeLimit = 64

  /// A status class, a method or a status code.
  package struct Row: Equatable, Sendable {
    /// `2xx`, `GET`, `404`.
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
  package var classes: [Row]
  /// The methods, the most frequent first.
  package var methods: [Row]
  /// The status codes in their order, errors first, so that they are seen where there is little room;
  /// of too many, the most frequent.
  package var codes: [Row]
  package var frame: PaneFrame

  init(_ context: PaneContext) {
    let table = context.snapshot.table
    let traffic = table.traffic
    classes = StatusClass.displayOrder.compactMap { status in
      let hits = traffic.status[status]
      guard !status.isRare || hits > 0 else { return nil }
      return Row(status.name, hits, of: traffic.hits, Self.emphasis(status.name))
    }
    var methods: [Row] = []
    traffic.methods.forEachRanked { methods.append(Row($0.name, $1, of: traffic.hits, .plain)) }
    self.methods = methods
    let codes = (table.rankings.last?.rows ?? []).sorted { $0.name < $1.name }.map { row in
      let name = String(row.name.description.prefix(3))
      return Row(name, row.hits, of: traffic.hits, Self.emphasis(name))
    }
    self.codes =
      codes.filter { $0.name >= "500" } + codes.filter { $0.name >= "400" && $0.name < "500" }
      + codes.filter { $0.name < "400" }
    frame = PaneFrame(context, title: "status", note: context.tableNote)
  }

  /// The emphasis of a status class or code by its first digit.
  private static func emphasis(_ name: String) -> Emphasis {
    switch name.first {
    case "4": .warning
    case "5": .alert
    default: .plain
    }
  }
}

extension StatusModel.Row {
  fileprivate init(_ name: String, _ hits: Int, of total: Int, _ emphasis: Emphasis) {
    self.name = name
    self.emphasis = hits > 0 ? emphasis : .muted
    share = total > 0 ? min(1, Double(hits) / Double(total)) : 0
    self.hits = Wording.grouped(hits, in: 9)
    percent = Wording.percent(hits, of: total)
  }
}
