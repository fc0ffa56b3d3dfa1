/// A fault that a test requests, to check that the terminal is restored and the program ends.
///
/// It is requested by an environment variable: an option would be listed in the help and could be hit
/// by an abbreviation.
enum InjectedFault: String {
  /// A runtime check of Swift fails once the dashboard is displayed.
  case trap
  /// The orderly end never completes.
  case stall

  /// The fault that the environment requests; `nil` if it requests none.
  init?(environment: [String: String]) {
    guard let name = environment["LM2000_INJECT_FAULT"] else { return nil }
    self.init(rawValue: name)
  }

  /// Reads beyond the end of an array.
  static func failCheck() {
    let none: [Int] = []
    _ = none[none.count + 1]
  }
}
