// Words with which a line of a format seems to begin.

/// Whether a line of a format seems to begin with this word, which follows a host name.
func isStart(_ word: [UInt8], before rest: [UInt8]) -> Bool {
  if isAddress(word) || word.contains(UInt8(ascii: ",")) || isOwnTime(word) { return true }
  if Array("\"{#".utf8).contains(word[0]) || isBracketAndDigit(word) { return true }
  guard let (next, afterNext) = nextWrapperWord(rest) else { return false }
  if namesPort(word) { return next != Array("-".utf8) }
  guard isHostWord(word) else { return false }
  if isAddress(next) || isLoadBalancer(word, before: next) { return true }
  // The owner and the bucket before the time of S3, which no request follows.
  guard isHostWord(next), let (time, _) = nextWrapperWord(afterNext), isBracketAndDigit(time),
    let end = afterNext.firstIndex(of: UInt8(ascii: "]")),
    let (behind, _) = nextWrapperWord(Array(afterNext[(end + 1)...]))
  else { return false }
  return behind.first != UInt8(ascii: "\"")
}

/// Whether the words begin a line of ALB.
func isLoadBalancer(_ word: [UInt8], before next: [UInt8]) -> Bool {
  ["http", "https", "h2", "grpcs", "ws", "wss"].contains { Array($0.utf8) == word }
    && isOwnTime(next)
}

private func isBracketAndDigit(_ word: [UInt8]) -> Bool {
  word.count > 1 && word[0] == UInt8(ascii: "[") && isDigit(word[1])
}

/// Whether the word is a date, or ten digits that perhaps a point follows.
private func isOwnTime(_ word: [UInt8]) -> Bool {
  var cursor = ModelCursor(word)
  let digits = cursor.run(where: isDigit).count
  if digits == 10 { return cursor.rest.isEmpty || cursor.rest.first == UInt8(ascii: ".") }
  guard digits == 4, cursor.take("-"), cursor.number(digits: 2) != nil, cursor.take("-"),
    cursor.number(digits: 2) != nil
  else { return false }
  return cursor.rest.isEmpty || Array("\tT".utf8).contains(cursor.rest[0])
}

func isHostWord(_ word: [UInt8]) -> Bool {
  !Array("-.".utf8).contains(word[0])
    && word.allSatisfy { isLetterOrDigit($0) || Array("._-".utf8).contains($0) }
}
