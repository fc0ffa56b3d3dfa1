/// The values of one chart column, which covers one or more seconds.
package struct ChartColumn: Equatable, Sendable {
  /// The heights of the layers that are stacked, from the bottom to the top.
  package var layers: [Double] = []
  /// The highest value within the covered seconds; `nil` if it is not to be shown.
  package var peak: Double?
  /// The value of the line; `nil` where there is none.
  package var line: Double?
  /// Whether nothing is known of the seconds, which is marked by a dot.
  package var isUnknown = false
  /// Whether the background is tinted.
  package var isTinted = false

  package init() {}
}

/// How a chart is drawn besides its columns.
package struct ChartSettings: Sendable {
  /// The colours of each layer, from the bottom of the chart to its top.
  package var layers: [[Paint]]
  /// The value to draw a dashed line at; omitted where it is above the scale.
  package var threshold: Double?
  /// The column that the cursor is in.
  package var cursor: Int?

  package init(layers: [[Paint]]) {
    self.layers = layers
  }
}
