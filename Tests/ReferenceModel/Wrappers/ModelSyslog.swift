/// Syslog of any kind, the text forms of `journalctl`, and the container runtime of Kubernetes.
func syslogWrapper(_ text: [UInt8]) -> ModelWrapper? {
  guard let afterPriority = afterPriority(text) else { return nil }
  let hasPriority = afterPriority.count < text.count
  if hasPriority {
    LineBranch.priority.reach()
    if let wrapper = newSyslogWrapper(afterPriority) { return wrapper }
  }
  if let rest = afterOldStamp(afterPriority) {
    LineBranch.syslog3164.reach()
    return afterStamp(rest)
  }
  if let rest = afterISOStamp(afterPriority) {
    LineBranch.isoStamp.reach()
    if !hasPriority, let wrapper = runtimeWrapper(rest) { return wrapper }
    return afterStamp(rest)
  }
  if let rest = afterJournalStamp(afterPriority) {
    LineBranch.journalStamp.reach()
    // `7.5 - nginx: ` may be the client of a line, its `-`, and a user.
    guard let wrapper = afterHostAndTag(rest), wrapper.name != Array("-".utf8) else { return nil }
    return wrapper
  }
  if let wrapper = tagWrapper(afterPriority) { return wrapper }
  return hasPriority ? hostBeforeLine(afterPriority) : nil
}

/// A host before the beginning of a line, or nothing before an address.
private func hostBeforeLine(_ text: [UInt8]) -> ModelWrapper? {
  guard let (first, afterFirst) = nextWrapperWord(text) else { return nil }
  if isAddress(first) { return ModelWrapper(inside: text) }
  guard isHostWord(first), let (second, afterSecond) = nextWrapperWord(afterFirst)
  else { return nil }
  if isLoadBalancer(first, before: second) { return ModelWrapper(inside: text) }
  guard isStart(second, before: afterSecond) else { return nil }
  return ModelWrapper(name: first, inside: afterWrapperWord(afterFirst))
}

/// A tag, or a host and a tag, without a time before them.
private func tagWrapper(_ text: [UInt8]) -> ModelWrapper? {
  // Without anything behind it, it is no wrapper.
  guard let wrapper = afterHostAndTag(text), !wrapper.inside.isEmpty else { return nil }
  if wrapper.name.isEmpty {
    // `nginx: - - ` may be the client of a line and its `-`, and `a,b: ` a list of clients.
    let tag = nextWrapperWord(text)!.word
    let next = nextWrapperWord(wrapper.inside)?.word
    if next == Array("-".utf8) || tag.contains(UInt8(ascii: ",")) { return nil }
  } else if !isHostWord(wrapper.name) {
    return nil
  }
  LineBranch.tagWithoutStamp.reach()
  return wrapper
}

/// The text after `<190>`, or all of it; `nil` if it begins with anything else in such brackets.
private func afterPriority(_ text: [UInt8]) -> [UInt8]? {
  var cursor = ModelCursor(text)
  guard cursor.take("<") else { return text }
  let digits = cursor.run(where: isDigit)
  return (1...3).contains(digits.count) && cursor.take(">") ? cursor.rest : nil
}

/// RFC 5424 after the priority: `1 TIME HOST APP PROCESS MESSAGE-ID DATA text`.
private func newSyslogWrapper(_ text: [UInt8]) -> ModelWrapper? {
  guard let (version, afterVersion) = firstWord(text), version == Array("1".utf8),
    let (stamp, afterTime) = firstWord(afterVersion),
    isISOStamp(stamp) || stamp == Array("-".utf8),
    let (host, afterHost) = firstWord(afterTime), let (_, afterApp) = firstWord(afterHost),
    let (_, afterProcess) = firstWord(afterApp), let (_, afterID) = firstWord(afterProcess),
    let rest = afterStructuredData(Array(afterID.drop { $0 == UInt8(ascii: " ") }))
  else { return nil }
  LineBranch.syslog5424.reach()
  var message = Array(rest.dropFirst())
  if message.starts(with: [0xEF, 0xBB, 0xBF]) { message.removeFirst(3) }
  return ModelWrapper(name: host == Array("-".utf8) ? [] : host, inside: message)
}

/// The text after `-` or after one or more `[id name="value"]`.
private func afterStructuredData(_ text: [UInt8]) -> [UInt8]? {
  var cursor = ModelCursor(text)
  if cursor.take("-") {
    return isEndOfWord(cursor.rest) ? cursor.rest : nil
  }
  guard text.first == UInt8(ascii: "[") else { return nil }
  while cursor.take("[") {
    var isQuoted = false
    while true {
      if isQuoted && cursor.takeOne(of: ["\\\"", "\\\\", "\\]"]) != nil { continue }
      guard let byte = cursor.byte() else { return nil }
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "]") && !isQuoted { break }
    }
  }
  LineBranch.structuredData.reach()
  return isEndOfWord(cursor.rest) ? cursor.rest : nil
}

private func isEndOfWord(_ text: [UInt8]) -> Bool {
  text.isEmpty || text.first == UInt8(ascii: " ")
}

/// The text after `Nov 25 12:00:01`, perhaps with a year and a fraction.
private func afterOldStamp(_ text: [UInt8]) -> [UInt8]? {
  guard let (month, afterMonth) = firstWord(text), text.first == month.first,
    monthNames.contains(where: { Array($0.utf8) == month }),
    let (day, afterDay) = firstWord(afterMonth), day.count <= 2, day.allSatisfy(isDigit)
  else { return nil }
  var cursor = ModelCursor(Array(afterDay.drop { $0 == UInt8(ascii: " ") }))
  let withoutYear = cursor
  if cursor.number(digits: 4) == nil || !cursor.take(" ") { cursor = withoutYear }
  guard isTimeOfDay(&cursor) else { return nil }
  _ = cursor.fraction(after: ["."])
  return isEndOfWord(cursor.rest) ? cursor.rest : nil
}

/// The text after `2026-11-25T12:00:01.5+01:00`; the time need not exist.
private func afterISOStamp(_ text: [UInt8]) -> [UInt8]? {
  guard let (stamp, rest) = firstWord(text), text.first == stamp.first, isISOStamp(stamp)
  else { return nil }
  return rest
}

/// Whether a word has the form of `2026-11-25T12:00:01.5+01:00`; the time need not exist.
private func isISOStamp(_ word: [UInt8]) -> Bool {
  var cursor = ModelCursor(word)
  guard cursor.number(digits: 4) != nil, cursor.take("-"), cursor.number(digits: 2) != nil,
    cursor.take("-"), cursor.number(digits: 2) != nil, cursor.take("T"), isTimeOfDay(&cursor)
  else { return false }
  _ = cursor.fraction(after: [".", ","])
  _ = cursor.zone()
  return cursor.isAtEnd
}

private func isTimeOfDay(_ cursor: inout ModelCursor) -> Bool {
  cursor.number(digits: 2) != nil && cursor.take(":") && cursor.number(digits: 2) != nil
    && cursor.take(":") && cursor.number(digits: 2) != nil
}

/// `TIME stdout F text` after its time.
private func runtimeWrapper(_ text: [UInt8]) -> ModelWrapper? {
  guard let (stream, afterStream) = nextWrapperWord(text),
    ["stdout", "stderr"].contains(where: { Array($0.utf8) == stream }),
    let (flag, rest) = nextWrapperWord(afterStream), let letter = flag.first,
    letter == UInt8(ascii: "F") || letter == UInt8(ascii: "P"),
    flag.count == 1 || flag[1] == UInt8(ascii: ":")
  else { return nil }
  let isLast = letter == UInt8(ascii: "F")
  LineBranch.containerRuntime.reach()
  if !isLast { LineBranch.containerRuntimePiece.reach() }
  let inside = rest.first == UInt8(ascii: " ") ? Array(rest.dropFirst()) : rest
  return ModelWrapper(
    inside: inside, piece: .init(stream: Array("runtime ".utf8) + stream, isLast: isLast))
}

/// A host and a tag, one of them, or neither, and then the text.
private func afterStamp(_ rest: [UInt8]) -> ModelWrapper {
  if let wrapper = afterHostAndTag(rest) { return wrapper }
  let all = afterWrapperWord(rest)
  guard let (first, afterFirst) = nextWrapperWord(all) else { return ModelWrapper(inside: all) }
  if let (second, afterSecond) = nextWrapperWord(afterFirst) {
    let third = nextWrapperWord(afterSecond)
    if isHostWord(second), let third, isTag(third.word) {
      LineBranch.twoHostsAndTag.reach()
      return ModelWrapper(name: first, inside: afterWrapperWord(third.rest))
    }
    if isAddress(first) {
      LineBranch.addressAfterTime.reach()
      return ModelWrapper(inside: all)
    }
    if isHostWord(first) && !isLoadBalancer(first, before: second)
      && isStart(second, before: afterSecond)
    {
      LineBranch.hostAfterTime.reach()
      return ModelWrapper(name: first, inside: afterWrapperWord(afterFirst))
    }
  }
  LineBranch.textAfterTime.reach()
  return ModelWrapper(inside: all)
}

/// A tag, or any word and a tag; `nil` if the text begins with neither.
private func afterHostAndTag(_ text: [UInt8]) -> ModelWrapper? {
  guard let (first, afterFirst) = nextWrapperWord(text) else { return nil }
  if isTag(first) {
    LineBranch.tag.reach()
    return ModelWrapper(inside: afterWrapperWord(afterFirst))
  }
  guard let (second, afterSecond) = nextWrapperWord(afterFirst), isTag(second) else { return nil }
  LineBranch.hostAndTag.reach()
  return ModelWrapper(name: first, inside: afterWrapperWord(afterSecond))
}

/// The text after a time as `journalctl` writes it: `Thu 2026-11-26 00:19:23 UTC`, epoch seconds, or
/// `[    5.123456]`.
private func afterJournalStamp(_ text: [UInt8]) -> [UInt8]? {
  var cursor = ModelCursor(text)
  if cursor.take("[") {
    _ = cursor.run { $0 == UInt8(ascii: " ") }
    guard isSecondsAndFraction(&cursor), cursor.take("]") else { return nil }
  } else if text.first.map(isDigit) == true {
    guard isSecondsAndFraction(&cursor) else { return nil }
  } else {
    guard cursor.run(where: isLetter).count == 3, cursor.take(" "),
      cursor.number(digits: 4) != nil, cursor.take("-"), cursor.number(digits: 2) != nil,
      cursor.take("-"), cursor.number(digits: 2) != nil, cursor.take(" "), isTimeOfDay(&cursor)
    else { return nil }
    _ = cursor.fraction(after: ["."])
    guard cursor.take(" "), !cursor.run(where: { $0 != UInt8(ascii: " ") }).isEmpty
    else { return nil }
  }
  return cursor.rest.first == UInt8(ascii: " ") ? cursor.rest : nil
}

/// Reads `1795608001.123456`.
private func isSecondsAndFraction(_ cursor: inout ModelCursor) -> Bool {
  !cursor.run(where: isDigit).isEmpty && cursor.fraction(after: ["."])
}

/// Whether the word is `nginx:` or `nginx[812]:`.
private func isTag(_ word: [UInt8]) -> Bool {
  var cursor = ModelCursor(word)
  let name = cursor.run { !Array(" :[]\"".utf8).contains($0) }
  if name.isEmpty || name.first == UInt8(ascii: "#") { return false }
  if cursor.take("[") {
    _ = cursor.run { $0 != UInt8(ascii: "]") }
    if !cursor.take("]") { return false }
  }
  return cursor.rest == Array(":".utf8)
}
