/// The list of all rules. To add a rule, define it in a file of its own and list it here.
enum RuleCatalog {
  /// The rules for the given options; high traffic is the first.
  static func rules(_ options: AnalysisOptions) -> [any Rule] {
    [
      HighTrafficRule(threshold: options.threshold, window: options.alertWindow)
    ]
  }
}
