private let space = UInt8(ascii: " ")
private let slash = UInt8(ascii: "/")
private let semicolon = UInt8(ascii: ";")

/// What a line says of its request.
struct ModelRequest: Equatable {
  /// `nil` if the line does not have one, as in a request line of one word.
  private let method: [UInt8]?
  /// What follows the method, up to the next space; without a method, all of it.
  private let target: [UInt8]
  /// What follows the first `?` of the target, or what a log has of it in a field of its own; `nil`
  /// without one.
  let query: [UInt8]?

  /// - Parameter line: a request line, without escapes. Its words are separated by single spaces; any
  ///   of them may be empty.
  init(_ line: [UInt8]) {
    let words = line.split(separator: space, omittingEmptySubsequences: false).map { Array($0) }
    method = words.count < 2 ? nil : words[0]
    target = words.count < 2 ? line : words[1]
    query = words.count < 2 ? nil : textAfterQuestionMark(words[1])
  }

  /// The request of a log that has its parts in fields of their own. `-` and an empty text stand for a
  /// part that is missing.
  ///
  /// - Parameter query: empty if the log has no such field, or nothing in it; it is then looked for in
  ///   the target.
  init(method: [UInt8], target: [UInt8], query: [UInt8] = []) {
    let isMissing = method.isEmpty || method == Array("-".utf8)
    self.method = isMissing ? nil : method
    self.target = isMissing ? target : Array(target.prefix { $0 != space })
    let inTarget = isMissing ? nil : textAfterQuestionMark(self.target)
    self.query = query.isEmpty ? inTarget : query
  }

  /// The method as the client sent it; `-` if there is none.
  var methodText: [UInt8] {
    method.map { $0.isEmpty ? Array("-".utf8) : $0 } ?? Array("-".utf8)
  }

  /// The name of the method in the figures.
  var methodName: String? {
    guard let method else { return nil }
    let known = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"]
    return known.first { Array($0.utf8) == method } ?? "other"
  }

  /// The section of the site that is requested.
  var section: [UInt8] {
    guard case .path(let path) = resource else { return name }
    let segment = path.dropFirst().prefix { $0 != slash && $0 != semicolon }
    return [slash] + segment
  }

  /// The path that is requested, without path parameters.
  var path: [UInt8] {
    guard case .path(let path) = resource else { return name }
    let segments = path.split(separator: slash, omittingEmptySubsequences: false)
    return Array(segments.map { $0.prefix { $0 != semicolon } }.joined(separator: [slash]))
  }

  private enum Resource {
    /// A path with a single slash at its start, without query and fragment.
    case path([UInt8])
    /// What stands for a request without a path.
    case name(String)
  }

  private var name: [UInt8] {
    guard case .name(let name) = resource else { return [] }
    return Array(name.utf8)
  }

  private var resource: Resource {
    guard let method else {
      return .name(target.isEmpty || target == Array("-".utf8) ? "(no request)" : "(malformed)")
    }
    if target == Array("*".utf8) { return .name("*") }
    var path = target
    if let rest = pathOfAbsoluteAddress(target) {
      path = rest
    } else if target.first != slash {
      return .name(method == Array("CONNECT".utf8) ? "(connect)" : "(malformed)")
    }
    let whole = path.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    return .path([slash] + whole.drop { $0 == slash })
  }
}

private func textAfterQuestionMark(_ text: [UInt8]) -> [UInt8]? {
  text.firstIndex(of: UInt8(ascii: "?")).map { Array(text[($0 + 1)...]) }
}

/// What follows the authority of `scheme://authority/path`; `nil` for anything else.
func pathOfAbsoluteAddress(_ target: [UInt8]) -> [UInt8]? {
  let scheme = target.prefix(while: isLetter)
  let afterScheme = Array(target.dropFirst(scheme.count))
  guard !scheme.isEmpty, afterScheme.starts(with: Array("://".utf8)) else { return nil }
  let afterAuthority = afterScheme.dropFirst(3).drop { byte in
    byte != slash && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
  }
  // An empty path is `/`, whether or not a query follows.
  return afterAuthority.first == slash ? Array(afterAuthority) : [slash]
}
