import TerminalKit

@testable import TerminalCanvas

/// A chart with layers of server errors, client errors and other hits, one colour each.
struct ChartPicture {
  var top: Double
  var rows: Int
  var threshold: Double?
  var cursor: Int?
  var glyphs = GlyphSet.unicode

  init(top: Double, rows: Int) {
    self.top = top
    self.rows = rows
  }

  var scale: ChartScale { ChartScale(rows: rows, step: top, rowsPerStep: max(1, rows)) }

  /// The chart on a canvas that it fills.
  func draw(_ columns: [ChartColumn]) -> Canvas {
    var settings = ChartSettings(layers: [[.serverError], [.clientError], [.hits3]])
    settings.threshold = threshold
    settings.cursor = cursor
    var canvas = Canvas(size: Size(rows: rows, columns: columns.count), glyphs: glyphs, blank: "x")
    canvas.chart(columns, settings, scale: scale, in: canvas.bounds)
    return canvas
  }
}

extension ChartColumn {
  /// A column with the given layers, from the bottom.
  init(_ layers: Double..., peak: Double? = nil, line: Double? = nil) {
    self.init()
    self.layers = layers
    self.peak = peak
    self.line = line
  }

  /// A column without hits, but with a line.
  static func empty(line: Double) -> ChartColumn { ChartColumn(0, 0, 0, line: line) }

  /// A column of other hits only.
  static func others(_ value: Double, peak: Double? = nil) -> ChartColumn {
    ChartColumn(0, 0, value, peak: peak)
  }
}
