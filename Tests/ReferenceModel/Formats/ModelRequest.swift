/// The words of a request line, separated by single spaces; any of them may be empty.
func requestWords(_ request: [UInt8]) -> [[UInt8]] {
  var words: [[UInt8]] = [[]]
  for byte in request {
    if byte == UInt8(ascii: " ") {
      words.append([])
    } else {
      words[words.count - 1].append(byte)
    }
  }
  return words
}

/// The name of the method in the figures; `nil` if the request has fewer than two words.
func methodName(_ request: [UInt8]) -> String? {
  let words = requestWords(request)
  if words.count < 2 { return nil }
  let known = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"]
  return known.first { Array($0.utf8) == words[0] } ?? "other"
}

/// The section of the site that is requested.
func sectionName(_ request: [UInt8]) -> [UInt8] {
  if request.isEmpty || request == Array("-".utf8) { return Array("(no request)".utf8) }
  let words = requestWords(request)
  if words.count < 2 { return Array("(malformed)".utf8) }
  var target = words[1]

  if let path = pathOfAbsoluteAddress(target) {
    target = path
  } else if target == Array("*".utf8) {
    return target
  } else if words[0] == Array("CONNECT".utf8) && target.first != UInt8(ascii: "/") {
    return Array("(connect)".utf8)
  } else if target.first != UInt8(ascii: "/") {
    return Array("(malformed)".utf8)
  }

  let path = target.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
  let afterSlashes = path.drop { $0 == UInt8(ascii: "/") }
  let firstSegment = afterSlashes.prefix { $0 != UInt8(ascii: "/") }
  let withoutParameters = firstSegment.prefix { $0 != UInt8(ascii: ";") }
  return [UInt8(ascii: "/")] + withoutParameters
}

/// What follows the authority of `scheme://authority/path`; `nil` for anything else.
private func pathOfAbsoluteAddress(_ target: [UInt8]) -> [UInt8]? {
  let scheme = target.prefix { byte in
    (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
      || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
  }
  let afterScheme = Array(target.dropFirst(scheme.count))
  guard !scheme.isEmpty, afterScheme.starts(with: Array("://".utf8)) else { return nil }
  let afterAuthority = afterScheme.dropFirst(3).drop { byte in
    byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
  }
  // An empty path is `/`, whether or not a query follows.
  if afterAuthority.first == UInt8(ascii: "/") { return Array(afterAuthority) }
  return [UInt8(ascii: "/")]
}
