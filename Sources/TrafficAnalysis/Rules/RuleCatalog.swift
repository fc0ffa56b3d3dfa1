/// Every rule that watches the closed seconds. Another rule is a file of its own and a line here.
enum RuleCatalog {
  /// The rules that the options ask for; high traffic is the first.
  static func rules(_ options: AnalysisOptions) -> [any Rule] {
    [
      HighTrafficRule(threshold: options.threshold, window: options.alertWindow)
    ]
  }
}
