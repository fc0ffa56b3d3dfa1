/// Lines of which only some pieces have arrived.
struct ModelPieces {
  /// The pieces of a line so far, and how the last of them was wrapped.
  struct Unfinished {
    var line: ModelUnwrapping
    /// What the pieces of one line have in common: the name, the stream and the level.
    var key: [[UInt8]]
  }

  /// In the order of their first pieces.
  private(set) var unfinished: [Unfinished] = []

  /// Adds a piece.
  ///
  /// - Parameter piece: what was read of its physical line, with the text of the piece.
  /// - Returns: the whole line; `nil` if this is not its last piece.
  mutating func add(_ piece: ModelUnwrapping, stream: [UInt8], isLast: Bool) -> ModelUnwrapping? {
    let key = [piece.name, stream, [UInt8(piece.levels)]]
    var line = piece
    let index = unfinished.firstIndex { $0.key == key }
    if let index {
      line.text = unfinished[index].line.text + piece.text
      line.isJoined = true
      line.isWhole = true
    }
    if isLast {
      if let index {
        unfinished.remove(at: index)
        LineBranch.joinedPieces.reach()
      }
      return line
    }
    if let index {
      unfinished[index].line = line
    } else {
      unfinished.append(Unfinished(line: line, key: key))
    }
    return nil
  }

  /// Removes the line whose first piece came first, as it is.
  mutating func removeFirst() -> ModelUnwrapping? {
    if unfinished.isEmpty { return nil }
    LineBranch.unfinishedPieces.reach()
    var line = unfinished.removeFirst().line
    line.isJoined = true
    line.isWhole = true
    return line
  }
}
