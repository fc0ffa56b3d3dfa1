import DashboardModel
import TerminalCanvas

/// Keeps the picture and the view that it shows; draws only what differs in the next one.
package struct DashboardRenderer: Sendable {
  package private(set) var canvas: Canvas
  private var shown: DashboardView?

  package init(size: Size, glyphs: GlyphSet) {
    canvas = Canvas(size: size, glyphs: glyphs)
  }

  /// Forgets the picture: the screen has another size.
  package mutating func resize(to size: Size) {
    canvas = Canvas(size: size, glyphs: canvas.glyphs)
    shown = nil
  }

  /// Draws what is new.
  ///
  /// - Returns: the areas that changed; none where the picture is the same.
  package mutating func draw(_ view: DashboardView, _ layout: DashboardLayout) -> [Rectangle] {
    let changes = shown.map { view.changes(since: $0) } ?? [.everything]
    shown = view
    guard !changes.isEmpty else { return [] }
    if changes.contains(.everything) || view.help != nil {
      drawEverything(view, layout)
      return [canvas.bounds]
    }
    return changes.compactMap { draw($0, view, layout) }
  }

  private mutating func drawEverything(_ view: DashboardView, _ layout: DashboardLayout) {
    canvas.clear(canvas.bounds)
    _ = draw(.header, view, layout)
    for pane in layout.panes.keys { _ = draw(.pane(pane), view, layout) }
    _ = draw(.footer, view, layout)
    if let offset = view.help { HelpPane.draw(from: offset, in: layout.help, on: &canvas) }
  }

  private mutating func draw(
    _ change: Change, _ view: DashboardView, _ layout: DashboardLayout
  ) -> Rectangle? {
    switch change {
    case .everything:
      return nil
    case .header:
      HeaderPane(model: view.header).draw(in: layout.header, on: &canvas)
      return layout.header
    case .footer:
      FooterPane.draw(
        isReplay: view.isReplay, message: view.message, in: layout.footer, on: &canvas)
      return layout.footer
    case .pane(let pane):
      guard let area = layout.panes[pane], let model = view.panes[pane] else { return nil }
      pane.view.draw(model, in: area, on: &canvas)
      return area
    case .row(let pane, let index):
      guard let area = layout.panes[pane], let model = view.panes[pane] else { return nil }
      return pane.view.drawRow(index, of: model, in: area, on: &canvas)
    }
  }
}
