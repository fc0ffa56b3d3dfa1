/// The set of colours that a screen uses for the roles of `Paint`. The raw value is its name on the
/// command line.
package enum Theme: String, CaseIterable, Sendable {
  /// For a dark background.
  case dark
  /// For a light background.
  case light
  /// The sixteen basic colours, which the user's terminal defines.
  case sixteen = "16"
}
