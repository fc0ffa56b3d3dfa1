/// A fault that a test asks for, to see that the terminal is left clean and the program ends.
///
/// It is asked for in the environment and not by an option: options can be shortened and are listed
/// in the help, and nobody is to come across it. It harms only the program of whoever sets it.
enum InjectedFault: String {
  /// A check of Swift's fails once the dashboard is shown.
  case trap
  /// The orderly end does not get anywhere.
  case stall

  init?(environment: [String: String]) {
    guard let name = environment["LM2000_REHEARSE"] else { return nil }
    self.init(rawValue: name)
  }

  /// Reads an element that no array has.
  static func failCheck() {
    let none: [Int] = []
    _ = none[none.count + 1]
  }
}
