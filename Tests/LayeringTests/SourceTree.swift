import Foundation

/// A Swift file of the package, as it lies on the disk.
struct SourceFile: Sendable {
  /// From the root of the package on: `Sources/SafeText/SafeString.swift`.
  var path: String
  var lines: [String]

  /// The folder in Sources or Tests.
  var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// The modules that are imported, by whatever kind of import.
  var imports: [String] {
    lines.compactMap { line in
      let words = code(of: line).split(whereSeparator: \.isWhitespace)
      guard let keyword = words.firstIndex(of: "import"),
        words[..<keyword].allSatisfy({ $0.hasPrefix("@") || Self.accessLevels.contains($0) })
      else { return nil }
      // `import struct Module.Name` names its module last.
      let name = words[words.index(after: keyword)...].last ?? ""
      return name.split(separator: ".").first.map(String.init)
    }
  }

  private static let accessLevels: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]

  /// Numbers of the lines that call something by this name.
  func calls(of name: String) -> [Int] {
    lines.indices.filter { index in
      code(of: lines[index]).ranges(of: name + "(").contains { range in
        let before = code(of: lines[index])[..<range.lowerBound].last
        return before.map { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? true
      }
    }.map { $0 + 1 }
  }

  /// A line without the comment at its end.
  private func code(of line: String) -> Substring {
    line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line[...]
  }
}

/// The package that these tests belong to.
enum SourceTree {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// All Swift files below a folder of the root.
  static func files(in folder: String) throws -> [SourceFile] {
    let base = root.appending(path: folder)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: base.path())
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
      return SourceFile(
        path: "\(folder)/\(path)",
        lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }

  static func manifest() throws -> String {
    try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
  }
}
