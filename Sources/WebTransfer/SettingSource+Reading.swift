import Glibc
import PrivateFiles

extension SettingSource {
  /// Why a setting cannot be read. It repeats no part of the setting.
  package struct Problem: Error, Equatable {
    package var reason: String
  }

  private static let largestFile = 16 * 1_024

  /// The setting.
  ///
  /// - Parameter environment: the variables of this process.
  /// - Throws: if it is missing or empty, if others may read it, or if it contains control characters.
  package func text(environment: [String: String]) throws(Problem) -> String {
    switch self {
    case .literal(let text): return text
    case .environment(let name):
      guard let text = environment[name], !text.isEmpty else {
        throw Problem(reason: "the environment variable \(name) is not set")
      }
      return try Self.checked(text, source: "the environment variable \(name)")
    case .file(let path): return try Self.checked(try Self.content(path), source: path)
    }
  }

  /// The content of a file without the end of its line.
  private static func content(_ path: String) throws(Problem) -> String {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Problem(
        reason: errno == ELOOP
          ? "\(path): is a symbolic link" : "\(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw Problem(reason: "\(path): \(String(cString: strerror(errno)))")
    }
    guard status.st_uid == geteuid() else {
      throw Problem(reason: "\(path): must belong to this user, and be readable by its owner only")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw Problem(reason: "\(path): must be readable by its owner only; try: chmod 600")
    }
    guard var bytes = FileContent.read(descriptor, limit: largestFile) else {
      throw Problem(reason: "\(path): not a small regular file")
    }
    while let last = bytes.last, last == 0x0A || last == 0x0D || last == 0x20 || last == 0x09 {
      bytes.removeLast()
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func checked(_ text: String, source: String) throws(Problem) -> String {
    guard !text.isEmpty else { throw Problem(reason: "\(source): is empty") }
    guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw Problem(reason: "\(source): must be a single line without control characters")
    }
    return text
  }

  /// The URL of a webhook.
  package func webAddress(environment: [String: String]) throws(Problem) -> WebAddress {
    let text = try text(environment: environment)
    do throws(WebAddress.Problem) {
      return try WebAddress(text, allowsUser: true)
    } catch {
      throw Problem(reason: shownName + error.message)
    }
  }

  private var shownName: String {
    switch self {
    case .literal: ""
    case .file(let path): "\(path): "
    case .environment(let name): "the environment variable \(name): "
    }
  }
}
