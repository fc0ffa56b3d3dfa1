/// Puts around lines what a log collector, a container engine or a terminal does.
package struct WrapperWriter: Sendable {
  /// What writes like this: `kubectl`.
  package let kind: String
  /// Whether only a line whose first word is the client's address can be found inside.
  package let needsAddress: Bool
  /// Whether it may cut a line into pieces.
  var hasPieces: Bool { ["Docker json-file", "container runtime"].contains(kind) }
  /// The hosts, pods or containers that it chooses from.
  package var names = ["web-1"]

  /// Writes a line from the name, as one physical line or as several pieces.
  typealias Body =
    @Sendable (
      _ line: [UInt8], _ name: String, _ random: inout RandomSource
    ) -> [[UInt8]]
  private let body: Body

  init(_ kind: String, needsAddress: Bool = false, _ body: @escaping Body) {
    self.kind = kind
    self.needsAddress = needsAddress
    self.body = body
  }

  /// Every kind of wrapper.
  package static let all =
    colorWrappers + syslogWrappers + journalWrappers + containerWrappers

  /// The wrapper of a kind.
  package static func named(_ kind: String) -> WrapperWriter? {
    all.first { $0.kind == kind }
  }

  /// The physical lines for a line: one, or several if it is cut into pieces.
  package func wrap(_ line: [UInt8], _ random: inout RandomSource) -> [[UInt8]] {
    body(line, random.pick(names), &random)
  }
}

/// A wrapper that is a text before the line.
///
/// - Parameter needsText: whether it is never around an empty line, which is left as it is.
func prefixWrapper(
  _ kind: String, needsAddress: Bool = false, needsText: Bool = false,
  _ prefix: @escaping @Sendable (_ name: String, _ random: inout RandomSource) -> String
) -> WrapperWriter {
  WrapperWriter(kind, needsAddress: needsAddress) { line, name, random in
    needsText && line.isEmpty ? [line] : [Array(prefix(name, &random).utf8) + line]
  }
}

/// The line in one to four pieces. None of them ends in a carriage return but the last.
func randomPieces(_ line: [UInt8], _ random: inout RandomSource) -> [[UInt8]] {
  var pieces: [[UInt8]] = []
  var rest = line[...]
  while pieces.count < 3 && random.chance(400) && !rest.isEmpty {
    let piece = rest.prefix(random.number(1...rest.count))
    if piece.last == 13 { continue }
    pieces.append(Array(piece))
    rest = rest.dropFirst(piece.count)
  }
  return pieces + [Array(rest)]
}

private let colorWrappers = [
  WrapperWriter("colors") { line, _, random in
    let color = "\u{1B}[" + random.pick(["32", "1;31", "38;5;208", "38:2::9:9:9"]) + "m"
    let end = random.pick(["\u{1B}[0m", "\u{1B}[m", "\u{1B}[39m\u{1B}[0m", ""])
    return [Array(color.utf8) + line + Array(end.utf8)]
  }
]
