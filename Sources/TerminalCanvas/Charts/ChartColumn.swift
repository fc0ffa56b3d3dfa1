/// One column of a chart: the seconds that it covers.
package struct ChartColumn: Equatable, Sendable {
  /// The mean over its seconds; nothing where there is no such time.
  package var value: Double?
  /// The highest of its seconds, drawn where it differs from the mean visibly; one beyond the scale
  /// has a mark of its own.
  package var peak: Double?
  /// Whether an alert was on.
  package var isAlert: Bool

  package init(value: Double?, peak: Double? = nil, isAlert: Bool = false) {
    self.value = value
    self.peak = peak
    self.isAlert = isAlert
  }
}
