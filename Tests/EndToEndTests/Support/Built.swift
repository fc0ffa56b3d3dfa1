import Foundation

/// The paths of the built programs and of the fixtures.
enum Built {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path()

  /// The programs are beside the tests, unless the environment names other ones.
  static let folder: String = {
    if let folder = ProcessInfo.processInfo.environment["LM2000_PROGRAMS"] { return folder }
    let runner = CommandLine.arguments.first ?? ""
    for folder in [
      URL(filePath: runner).deletingLastPathComponent().path(),
      root + ".build/debug/",
    ] where FileManager.default.isExecutableFile(atPath: folder + "/lm2000") {
      return folder
    }
    return root + ".build/debug/"
  }()

  static var program: String { folder + "/lm2000" }
  static var fixture: String { root + "Fixtures/two-alerts.csv" }
}
