/// Where a setting that may be secret comes from.
package enum SettingSource: Equatable, Sendable {
  /// It was given openly.
  case literal(String)
  /// The content of a file that only its owner may read.
  case file(String)
  /// The value of an environment variable.
  case environment(String)
}
