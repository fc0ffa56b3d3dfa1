import DashboardModel
import TerminalCanvas

/// Draws views on a canvas, and of the next view only what differs.
package struct DashboardRenderer: Sendable {
  /// The screen as it was drawn last.
  package private(set) var canvas: Canvas
  private var drawn: DashboardView?

  /// A renderer with an empty canvas.
  package init(size: Size, glyphs: GlyphSet) {
    canvas = Canvas(size: size, glyphs: glyphs)
  }

  /// Replaces the canvas by an empty one of another size.
  package mutating func resize(to size: Size) {
    canvas = Canvas(size: size, glyphs: canvas.glyphs)
    drawn = nil
  }

  /// Draws what differs from the previous view.
  ///
  /// - Returns: the areas that changed; empty if nothing did.
  package mutating func draw(_ view: DashboardView, _ layout: DashboardLayout) -> [Rectangle] {
    let changes = drawn.map { view.changes(since: $0) } ?? [.everything]
    drawn = view
    guard !changes.isEmpty else { return [] }
    if changes.contains(.everything) || view.help != nil {
      drawEverything(view, layout)
      return [canvas.bounds]
    }
    return changes.flatMap { draw($0, view, layout) }
  }

  private mutating func drawEverything(_ view: DashboardView, _ layout: DashboardLayout) {
    canvas.clear(canvas.bounds)
    _ = draw(.header, view, layout)
    for pane in layout.panes.keys { _ = draw(.pane(pane), view, layout) }
    _ = draw(.footer, view, layout)
    if let offset = view.help { HelpPane.draw(from: offset, in: layout.help, on: &canvas) }
  }

  /// - Returns: the areas that were drawn.
  private mutating func draw(
    _ change: Change, _ view: DashboardView, _ layout: DashboardLayout
  ) -> [Rectangle] {
    switch change {
    case .everything:
      return []
    case .header:
      HeaderPane(model: view.header).draw(
        in: layout.header, timeline: layout.timeline, notice: layout.notice, on: &canvas)
      return [layout.header, layout.timeline, layout.notice]
    case .footer:
      FooterPane(model: view.footer).draw(in: layout.footer, on: &canvas)
      return [layout.footer]
    case .pane(let pane):
      guard let area = layout.panes[pane], let model = view.panes[pane] else { return [] }
      model.view.draw(model, in: area, on: &canvas)
      return [area.whole]
    case .row(let pane, let index):
      guard let area = layout.panes[pane], let model = view.panes[pane],
        let row = model.view.drawRow(index, of: model, in: area, on: &canvas)
      else { return [] }
      return [row]
    }
  }
}
