import AccessLog
import Glibc

/// Names of files on the command line.
enum FileNames {
  /// The files that a pattern of the shell matches, in order (glob(3)): the shell has not expanded a
  /// pattern that stands in quotation marks or in a script. A path that exists is no pattern, and a
  /// pattern without a match stays as it is.
  static func matching(_ path: Name) -> [Name] {
    let isPattern = path.bytes.contains { "*?[".utf8.contains($0) }
    let pattern = path.bytes.map { CChar(bitPattern: $0) } + [0]
    guard isPattern, access(pattern, F_OK) != 0 else { return [path] }
    var matches = glob_t()
    defer { globfree(&matches) }
    guard glob(pattern, 0, nil, &matches) == 0, let paths = matches.gl_pathv else { return [path] }
    return (0..<Int(matches.gl_pathc)).compactMap { index in
      paths[index].map { path in
        Name((0..<strlen(path)).map { UInt8(bitPattern: path[$0]) })
      }
    }
  }
}
