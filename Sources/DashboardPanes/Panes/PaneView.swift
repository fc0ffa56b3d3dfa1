import DashboardModel
import SafeText
import TerminalCanvas

extension Pane {
  /// The view that draws it.
  var view: any PaneView.Type {
    switch self {
    case .ranking: RankingPane.self
    case .alerts: AlertHistoryPane.self
    case .status: StatusPane.self
    case .hitRate: HitRatePane.self
    }
  }
}

/// Draws the model of a pane. Keeps no state between two frames.
protocol PaneView {
  associatedtype Model: PaneModel

  init(model: Model)

  /// How much the inside of a pane can display.
  static func room(in inside: Rectangle) -> PaneRoom

  /// Draws everything inside the frame, on a clear area.
  func draw(in inside: Rectangle, on canvas: inout Canvas)

  /// Draws one row of the list again.
  ///
  /// - Returns: the area of the row; `nil` if there is no such row.
  func drawRow(_ index: Int, in inside: Rectangle, on canvas: inout Canvas) -> Rectangle?
}

extension PaneView {
  static func room(in inside: Rectangle) -> PaneRoom { .any }

  func drawRow(_ index: Int, in inside: Rectangle, on canvas: inout Canvas) -> Rectangle? { nil }

  /// Draws a pane with its frame.
  static func draw(_ model: any PaneModel, in area: Rectangle, on canvas: inout Canvas) {
    guard let model = model as? Model else { return }
    canvas.clear(area)
    let frame = model.frame
    let inside = canvas.frame(
      area, title: SafeString(frame.title), note: SafeString(frame.note),
      footnote: SafeString(frame.footnote), focused: frame.isFocused)
    Self(model: model).draw(in: inside, on: &canvas)
  }

  /// Draws one row of a pane's list again.
  ///
  /// - Returns: the area of the row; `nil` if there is no such row.
  static func drawRow(
    _ index: Int, of model: any PaneModel, in area: Rectangle, on canvas: inout Canvas
  ) -> Rectangle? {
    guard let model = model as? Model else { return nil }
    return Self(model: model).drawRow(index, in: area.inside, on: &canvas)
  }
}

/// A view of a pane with a list.
protocol PaneListView: PaneView where Model: PaneListModel {
  /// The number of rows above the list.
  static var headRows: Int { get }
  /// Displayed while the list has no row.
  static var emptyText: SafeString { get }

  var model: Model { get }

  /// Draws the rows above the list.
  func drawHead(in line: Rectangle, on canvas: inout Canvas)

  /// Draws a row of the list on a clear line.
  func draw(_ row: Model.Row, in line: Rectangle, on canvas: inout Canvas)
}

extension PaneListView {
  static var headRows: Int { 0 }

  static func room(in inside: Rectangle) -> PaneRoom {
    .list(rows: max(0, inside.rows - headRows))
  }

  func drawHead(in line: Rectangle, on canvas: inout Canvas) {}

  func draw(in inside: Rectangle, on canvas: inout Canvas) {
    guard inside.rows > 0 else { return }
    drawHead(in: inside.line(0), on: &canvas)
    for index in model.rows.indices { _ = drawRow(index, in: inside, on: &canvas) }
    if model.rows.isEmpty {
      canvas.draw(Self.emptyText, in: inside.line(Self.headRows), style: .muted)
    }
  }

  func drawRow(_ index: Int, in inside: Rectangle, on canvas: inout Canvas) -> Rectangle? {
    let line = inside.line(Self.headRows + index)
    guard !line.isEmpty else { return nil }
    canvas.clear(line)
    draw(model.rows[index], in: line, on: &canvas)
    return line
  }
}

extension Emphasis {
  /// The style of texts with this emphasis.
  var style: Style {
    switch self {
    case .plain: .text
    case .strong: .strong
    case .muted: .muted
    case .good: .good
    case .notice: .notice
    case .warning: .warning
    case .alert: .alert
    }
  }
}
