import Foundation

/// A temporary folder that exists as long as the object.
package final class Folder {
  private let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "lm2000-" + UUID().uuidString)
    try FileManager.default.createDirectory(
      at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  package func path(_ name: String) -> String {
    url.appending(path: name).path(percentEncoded: false)
  }

  package func text(_ name: String) -> String {
    FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
      ?? ""
  }

  package func write(_ text: String, to name: String, mode: Int = 0o600) throws {
    try Data(text.utf8).write(to: URL(filePath: path(name)))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
  }

  package func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
  }

  package func names(_ name: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(name))) ?? []).sorted()
  }

  /// A script for `/bin/sh`. It is not run by itself: a file that was just written may still be open in
  /// a program that another test starts.
  package func script(_ text: String) throws -> String {
    try write("\(text)\n", to: "script")
    return path("script")
  }
}

/// Waits until a condition holds, for half a minute at most.
package func poll(_ condition: () -> Bool) -> Bool {
  for _ in 0..<3_000 {
    if condition() { return true }
    usleep(10_000)
  }
  return condition()
}
