/// How a dimension is named, and which figures are shown for its names.
package struct DimensionProfile: Sendable {
  /// The singular noun for a name of the dimension.
  package let name: StaticString
  /// The plural noun, also the key of the dimension's rows in JSON.
  package let pluralName: StaticString
  /// Figures in the rows of a report besides hits: any of `bytes`, `clientErrors`, `serverErrors`.
  package let reportFigures: RankedFigures
  /// Whether intervals report it, in JSON and in text. Tables can show it in any case.
  package let isReported: Bool
  /// Whether text reports list every row instead of only the first.
  package let isListedInText: Bool

  init(
    _ name: StaticString, plural: StaticString, reports: RankedFigures, isReported: Bool = true,
    isListedInText: Bool = false
  ) {
    self.name = name
    pluralName = plural
    reportFigures = reports
    self.isReported = isReported
    self.isListedInText = isListedInText
  }
}
