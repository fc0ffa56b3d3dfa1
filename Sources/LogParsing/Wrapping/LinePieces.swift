import AccessLog

/// The beginnings of lines that container runtimes cut into pieces, until the last piece arrives.
///
/// Each output of each name has its own line. A beginning that is longer than any line that counts
/// is cut there: its line is rejected for its length anyway.
struct LinePieces: Sendable {
  private struct Beginning: Sendable {
    var name: [UInt8]
    var stream: PieceStream
    var bytes: [UInt8]
  }

  /// How many lines may be incomplete at a time.
  private static let limit = 32

  /// The oldest first.
  private var beginnings: [Beginning] = []

  /// Adds a piece that another one follows.
  ///
  /// - Returns: `false` if too many lines are incomplete. The piece is a line of its own then.
  mutating func add(_ piece: TextRange, name: TextRange?, stream: PieceStream) -> Bool {
    var index = index(name: name, stream: stream)
    if index == nil, beginnings.count < Self.limit {
      index = beginnings.count
      let name = name.map { Array($0.bytes) } ?? []
      beginnings.append(Beginning(name: name, stream: stream, bytes: []))
    }
    guard let index else { return false }
    let room = LogParser.wrappedLimit + 1 - beginnings[index].bytes.count
    beginnings[index].bytes += piece.bytes.prefix(room)
    return true
  }

  /// The beginning of the line whose last piece has arrived; it is forgotten. `nil` if the line is
  /// not in pieces.
  mutating func take(name: TextRange?, stream: PieceStream) -> [UInt8]? {
    guard !beginnings.isEmpty, let index = index(name: name, stream: stream) else { return nil }
    return beginnings.remove(at: index).bytes
  }

  /// The oldest beginning, with the name of its line; it is forgotten. `nil` if there is none.
  mutating func takeFirst() -> (bytes: [UInt8], name: [UInt8])? {
    guard !beginnings.isEmpty else { return nil }
    let first = beginnings.removeFirst()
    return (first.bytes, first.name)
  }

  private func index(name: TextRange?, stream: PieceStream) -> Int? {
    let name = name ?? .empty
    return beginnings.firstIndex { $0.stream == stream && name.elementsEqual($0.name) }
  }
}
