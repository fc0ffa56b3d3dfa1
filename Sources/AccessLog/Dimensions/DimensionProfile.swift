/// What is particular to a dimension: its names, and what is shown of what stands under them.
package struct DimensionProfile: Sendable {
  /// What one of its names is.
  package let name: StaticString
  /// What several of them are; the key of its rows in JSON.
  package let pluralName: StaticString
  /// Figures of a report's rows besides their hits, of `bytes`, `clientErrors` and `serverErrors`.
  package let reportFigures: RankedFigures
  /// Figures of a table's rows besides their hits and their share.
  package let tableFigures: RankedFigures
  /// A line for people lists every row of the report, not the first one alone.
  package let isListedInText: Bool

  init(
    _ name: StaticString, plural: StaticString, reports: RankedFigures, tables: RankedFigures,
    isListedInText: Bool = false
  ) {
    self.name = name
    pluralName = plural
    reportFigures = reports
    tableFigures = tables
    self.isListedInText = isListedInText
  }
}
