/// How a dimension is named, and which figures are shown for its names.
package struct DimensionProfile: Sendable {
  /// The singular noun for a name of the dimension, as given to `--rank`.
  package let name: StaticString
  /// The plural noun, also the key of the dimension's rows in JSON.
  package let pluralName: StaticString
  /// Figures in the rows of a report besides hits: any of `bytes`, `clientErrors`, `serverErrors`,
  /// `latency`.
  package let reportFigures: RankedFigures
  /// Whether intervals report it in every run.
  package let isAlwaysReported: Bool

  init(
    _ name: StaticString, plural: StaticString, reports: RankedFigures = .all,
    isAlwaysReported: Bool = false
  ) {
    self.name = name
    pluralName = plural
    reportFigures = reports
    self.isAlwaysReported = isAlwaysReported
  }
}
