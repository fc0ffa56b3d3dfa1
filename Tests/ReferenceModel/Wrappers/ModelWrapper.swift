/// A wrapper that was recognized at the start of a text.
struct ModelWrapper {
  /// What part of a longer line the text inside is.
  struct Piece {
    /// The pieces of one line have the same stream.
    var stream: [UInt8]
    var isLast: Bool
  }

  /// The host, container or pod; empty if the wrapper has no name.
  var name: [UInt8] = []
  var inside: [UInt8]
  var piece: Piece?
  /// Whether a line ending inside belongs to the wrapper.
  var endsLines = false

  /// The wrapper at the start of the text; `nil` if there is none, or only that of stern.
  static func recognized(_ text: [UInt8]) -> ModelWrapper? {
    jsonWrapper(text) ?? syslogWrapper(text) ?? kubectlWrapper(text) ?? composeWrapper(text)
  }
}

/// The text without the line feed at its end, and one carriage return before it.
func withoutLineEnding(_ text: [UInt8]) -> [UInt8] {
  var text = text
  guard text.last == 10 else { return text }
  text.removeLast()
  if text.last == 13 { text.removeLast() }
  return text
}

/// The journal of systemd, or a log file of Docker.
private func jsonWrapper(_ text: [UInt8]) -> ModelWrapper? {
  guard text.first == UInt8(ascii: "{"), let object = ModelJSONValue(text) else { return nil }
  if let message = journalMessage(object["MESSAGE"]) {
    LineBranch.journal.reach()
    var name: [UInt8] = []
    if case .string(let host) = object["_HOSTNAME"] { name = host }
    return ModelWrapper(name: name, inside: message, endsLines: true)
  }
  guard case .string(let log) = object["log"] else { return nil }
  LineBranch.docker.reach()
  var stream = Array("docker ".utf8)
  if case .string(let name) = object["stream"] { stream += name }
  // Collectors of logs write whole lines into such a member, and members of their own.
  let keys = ["log", "stream", "time", "attrs"].map { Array($0.utf8) }
  let isLast = log.last == 10 || object.keys.contains { !keys.contains($0) }
  if !isLast { LineBranch.dockerPiece.reach() }
  return ModelWrapper(
    inside: log, piece: .init(stream: stream, isLast: isLast), endsLines: true)
}

/// The text of a message, which may be written as an array of bytes.
private func journalMessage(_ value: ModelJSONValue?) -> [UInt8]? {
  switch value {
  case .string(let text): return text
  case .array(let values):
    var bytes: [UInt8] = []
    for value in values {
      guard case .number(let digits) = value, let number = wholeNumber(digits), number <= 255
      else { return nil }
      bytes.append(UInt8(number))
    }
    LineBranch.journalBytes.reach()
    return bytes
  default: return nil
  }
}

/// `[pod/web-1/nginx] `, as `kubectl logs --prefix` writes it.
private func kubectlWrapper(_ text: [UInt8]) -> ModelWrapper? {
  guard let (word, rest) = wrapperWord(text), word.first == UInt8(ascii: "["),
    word.last == UInt8(ascii: "]")
  else { return nil }
  let parts = word.dropFirst().dropLast().split(
    separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  let brackets = [UInt8(ascii: "["), UInt8(ascii: "]")]
  guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }),
    !word.dropFirst().dropLast().contains(where: brackets.contains),
    // As in a time, such as `[25/Nov/2026:12:00:01]`.
    !parts[2].contains(UInt8(ascii: ":"))
  else { return nil }
  LineBranch.kubectl.reach()
  return ModelWrapper(name: Array(parts[1]), inside: afterWrapperWord(rest))
}

/// `web-1  | `, as Docker Compose and swarm write it.
private func composeWrapper(_ text: [UInt8]) -> ModelWrapper? {
  guard let (name, rest) = wrapperWord(text), isLetterOrDigit(name[0]),
    name.allSatisfy({ isLetterOrDigit($0) || Array("_.@-".utf8).contains($0) }),
    let (bar, afterBar) = nextWrapperWord(rest), bar == Array("|".utf8)
  else { return nil }
  LineBranch.compose.reach()
  return ModelWrapper(name: name, inside: afterWrapperWord(afterBar))
}

/// `pod container `, as stern writes it.
func sternWrapper(_ text: [UInt8]) -> ModelWrapper? {
  guard let (pod, rest) = wrapperWord(text), let (container, after) = nextWrapperWord(rest),
    !isAddress(pod), !isAddress(container), isNameLabel(container),
    pod.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy({ isNameLabel(Array($0)) })
  else { return nil }
  return ModelWrapper(name: pod, inside: afterWrapperWord(after))
}

/// Whether the text could be one part of a domain name.
private func isNameLabel(_ text: [UInt8]) -> Bool {
  guard let first = text.first, let last = text.last else { return false }
  return isLetterOrDigit(first) && isLetterOrDigit(last)
    && text.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
}

func isLetterOrDigit(_ byte: UInt8) -> Bool {
  isDigit(byte) || isLetter(byte)
}

func isLetter(_ byte: UInt8) -> Bool {
  (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
    || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
}
