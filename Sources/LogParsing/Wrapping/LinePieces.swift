import AccessLog

/// The beginnings of lines that container runtimes cut into pieces, until the last piece arrives.
///
/// Each output of each name has its own line. A beginning that is longer than the line limit is cut
/// there: its line is rejected for its length anyway, unless it is blank.
struct LinePieces: Sendable {
  /// What the pieces of a line have in common.
  struct Key: Equatable, Sendable {
    var name: [UInt8]
    var stream: [UInt8]
    var wrapper: WrapperSet
    /// The number of wrappers around them.
    var depth: Int

    init(_ name: TextRange?, _ stream: TextRange, in wrapper: WrapperSet, depth: Int) {
      self.name = name.map { Array($0.bytes) } ?? []
      self.stream = Array(stream.bytes)
      self.wrapper = wrapper
      self.depth = depth
    }
  }

  /// A line as far as its pieces have arrived.
  struct Beginning: Sendable {
    let key: Key
    var bytes: [UInt8] = []
    /// Whether only spaces and tabs have arrived.
    var isBlank = true
    var wrappers: WrapperSet

    /// Adds a piece.
    mutating func add(_ piece: TextRange) {
      isBlank = isBlank && piece.isBlank
      // A line ending may be the last two bytes.
      bytes += piece.bytes.prefix(LogParser.lineLimit + 3 - bytes.count)
    }
  }

  /// How many lines may be incomplete at a time.
  private static let limit = 32

  /// The oldest first.
  private var beginnings: [Beginning] = []

  var isEmpty: Bool { beginnings.isEmpty }

  /// Whether more lines are incomplete than may be: the oldest must be taken.
  var isOverfull: Bool { beginnings.count > Self.limit }

  /// Adds a piece that another one follows.
  mutating func add(_ piece: TextRange, _ key: Key, _ wrappers: WrapperSet) {
    if let index = beginnings.firstIndex(where: { $0.key == key }) {
      beginnings[index].add(piece)
    } else {
      var beginning = Beginning(key: key, wrappers: wrappers)
      beginning.add(piece)
      beginnings.append(beginning)
    }
  }

  /// The beginning of the line whose last piece has arrived; it is forgotten. `nil` if the line is
  /// not in pieces.
  mutating func take(_ key: Key) -> Beginning? {
    beginnings.firstIndex { $0.key == key }.map { beginnings.remove(at: $0) }
  }

  /// The oldest beginning; it is forgotten. `nil` if there is none.
  mutating func takeFirst() -> Beginning? {
    beginnings.isEmpty ? nil : beginnings.removeFirst()
  }
}
