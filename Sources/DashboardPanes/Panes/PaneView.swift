import DashboardModel
import SafeText
import TerminalCanvas

/// Draws the model of a pane. Keeps no state between two frames.
protocol PaneView {
  associatedtype Model: PaneModel

  init(model: Model)

  /// Draws everything inside the frame, on a clear area.
  func draw(in inside: Rectangle, on canvas: inout Canvas)

  /// Draws one row of the list again.
  ///
  /// - Returns: the area of the row; `nil` if there is no such row.
  func drawRow(_ index: Int, in inside: Rectangle, on canvas: inout Canvas) -> Rectangle?
}

extension PaneView {
  func drawRow(_ index: Int, in inside: Rectangle, on canvas: inout Canvas) -> Rectangle? { nil }

  /// The view of a model, whatever its type.
  static func draw(_ model: any PaneModel, in area: PaneArea, on canvas: inout Canvas) {
    guard let model = model as? Model else { return }
    canvas.clear(area.whole)
    if area.isFramed { drawFrame(model.frame, area, on: &canvas) }
    Self(model: model).draw(in: area.inside, on: &canvas)
  }

  private static func drawFrame(_ frame: PaneFrame, _ area: PaneArea, on canvas: inout Canvas) {
    var texts = FrameTexts()
    if let digit = frame.digit {
      texts.title.append(StyledText(canvas.glyphs.number(digit), .notice))
    }
    texts.title.append(StyledText(SafeString(frame.title), .heading))
    texts.legend = legend(frame.legend, canvas.glyphs)
    if !frame.note.isEmpty { texts.note = [StyledText(SafeString(frame.note), .muted)] }
    for words in frame.readout {
      if !texts.readout.isEmpty { texts.readout.append(StyledText("  ")) }
      texts.readout.append(words.styled)
    }
    if !frame.footnote.isEmpty { texts.footnote = [StyledText(SafeString(frame.footnote), .muted)] }
    canvas.frame(area.whole, texts, focused: frame.isFocused)
    guard let scroll = frame.scroll else { return }
    let rows = area.whole.inset(top: area.whole.rows - 1 - area.listRows, bottom: 1)
    canvas.scrollMark(
      in: rows.slice(from: rows.columns - 1), first: scroll.first, of: scroll.count,
      style: frame.isFocused ? .focusedBorder : .muted)
  }

  /// The meaning of the colours of a chart.
  private static func legend(_ words: [Words], _ glyphs: GlyphSet) -> [StyledText] {
    words.enumerated().flatMap { index, word -> [StyledText] in
      let mark: SafeString =
        switch word.emphasis {
        case .strong: SafeString(String(glyphs.lines[2]))
        case .muted: SafeString(String(glyphs.threshold))
        default: glyphs.sample
        }
      let style = word.emphasis == .accent ? Style(.hits5) : word.emphasis.style
      return (index > 0 ? [StyledText(" ")] : [])
        + [StyledText(mark, style), StyledText(SafeString(" " + word.text), .muted)]
    }
  }

  /// Draws one row of a pane's list again.
  ///
  /// - Returns: the area of the row; `nil` if there is no such row.
  static func drawRow(
    _ index: Int, of model: any PaneModel, in area: PaneArea, on canvas: inout Canvas
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
    guard !line.isEmpty, model.rows.indices.contains(index) else { return nil }
    canvas.clear(line)
    draw(model.rows[index], in: line, on: &canvas)
    return line
  }
}

extension PaneModel {
  /// The view that draws it.
  var view: any PaneView.Type {
    switch self {
    case is TableModel: TablePane.self
    case is AlertListModel: AlertListPane.self
    case is AlertDetailsModel: AlertDetailsPane.self
    case is StatusModel: StatusPane.self
    case is ChartModel: ChartPane.self
    case is SourceListModel: SourceListPane.self
    case is RuleListModel: RuleListPane.self
    default: preconditionFailure("no view draws \(Self.self)")
    }
  }
}

extension Emphasis {
  /// The style of texts with this emphasis.
  var style: Style {
    switch self {
    case .plain: .text
    case .strong: .strong
    case .muted: .muted
    case .faint: .faint
    case .accent: .notice
    case .good: .good
    case .warning: .warning
    case .alert: .alert
    }
  }
}

extension Words {
  /// The text with its style.
  var styled: StyledText { StyledText(SafeString(text), emphasis.style) }
}
