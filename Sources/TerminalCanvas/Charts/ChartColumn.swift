/// The values of one chart column, which covers one or more seconds.
package struct ChartColumn: Equatable, Sendable {
  /// The mean over the covered seconds; nil where the column covers no data.
  package var value: Double?
  /// The highest value within the covered seconds. It is drawn where it differs visibly from the
  /// mean; a peak above the scale has its own marker.
  package var peak: Double?
  /// Whether an alert was active during the covered seconds.
  package var isAlert: Bool

  /// Creates a column.
  package init(value: Double?, peak: Double? = nil, isAlert: Bool = false) {
    self.value = value
    self.peak = peak
    self.isAlert = isAlert
  }
}
