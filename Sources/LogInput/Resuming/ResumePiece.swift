/// A file that is read to continue a log.
struct ResumePiece {
  var generation: Generation
  /// The part of it that was read; `nil` if it appeared later.
  var part: ReadPart?
  /// How often it was truncated, as far as is known.
  var truncations = 0
  /// Whether reading had come to this file.
  var isCurrent = false
}

extension ResumeSearch {
  /// The files of a place and those since, in the order in which they are read.
  func pieces(of saved: SavedPlace, _ current: Current) -> [ResumePiece] {
    var pieces = former(current, of: saved).compactMap { file in
      guard case .generation(let index) = find(file) else { return ResumePiece?.none }
      return piece(generations[index], file)
    }
    let file = current.file
    let isEmpty = longestPart(of: file).length == 0
    switch current.found {
    case .gone: return []
    case .log where isEmpty:
      pieces += unread(copies(since: log, saved) + newest, saved, current.index)
    case .log, .lost:
      pieces += newest.map { piece($0, file, isCurrent: true) }
    case .generation(let index) where isEmpty:
      let copies = copies(since: generations[index].plain, saved).filter {
        $0.rank < generations[index].rank
      }
      pieces += unread(copies + generations[index...] + newest, saved, current.index)
    case .generation(let index):
      pieces.append(piece(generations[index], file, isCurrent: true))
      pieces += unread(generations[(index + 1)...] + newest, saved, current.index + 1)
    }
    return pieces
  }

  /// The files of a place that are read to their ends first.
  private func former(_ current: Current, of saved: SavedPlace) -> [SavedPlace.File] {
    // Behind an empty file comes what was read after it.
    saved.files[..<current.index].filter {
      current.index < saved.files.count || longestPart(of: $0).length > 0
    }
  }

  /// All files that a place does not know.
  func pieces(notIn saved: SavedPlace) -> [ResumePiece] {
    unread(generations + newest, saved, 0)
  }

  /// Whether all that comes behind a place is among the pieces.
  func hasAll(of saved: SavedPlace, _ current: Current) -> Bool {
    let hasFormer = saved.files[..<current.index].allSatisfy { file in
      // Of one that is gone, what was read behind the place cannot be read again.
      if longestPart(of: file).length == file.part.length { return true }
      if case .generation = find(file) { return true }
      return false
    }
    guard hasFormer, longestPart(of: current.file).length == 0 else {
      return hasFormer
    }
    switch current.found {
    case .log: return !mayHaveCompressedCopies(since: log, saved)
    case .generation(let index):
      return !mayHaveCompressedCopies(since: generations[index].plain, saved)
    case .lost, .gone: return true
    }
  }

  /// The rotated files since a file that was empty: it may have been copied, and then truncated.
  private func copies(since file: OpenFile?, _ saved: SavedPlace) -> [Generation] {
    Array(generations[(firstCopy(since: file, saved) ?? generations.endIndex)...])
  }

  private func firstCopy(since file: OpenFile?, _ saved: SavedPlace) -> Int? {
    generations.firstIndex { generation in
      guard let status = generation.plain?.status, let former = file?.status,
        !saved.seen.contains(status.identity)
      else { return false }
      return status.created >= former.created && status.modified >= former.identity.birth
    }
  }

  /// Whether it is unknown of a compressed file whether it is a copy of a file that was empty.
  private func mayHaveCompressedCopies(since file: OpenFile?, _ saved: SavedPlace) -> Bool {
    guard let file else { return false }
    let others = generations[..<(firstCopy(since: file, saved) ?? generations.endIndex)]
    return others.contains { generation in
      guard generation.plain == nil else { return false }
      // Programs that compress files keep the time of the last change.
      let modified = (try? calls.statusOf(generation.path.path))?.modified ?? .max
      return modified >= file.status.identity.birth
    }
  }

  private func piece(
    _ generation: Generation, _ file: SavedPlace.File, isCurrent: Bool = false
  ) -> ResumePiece {
    let identity = generation.plain?.status.identity
    return ResumePiece(
      generation: generation, part: file.part,
      truncations: identity == file.identity ? file.truncations : 0, isCurrent: isCurrent)
  }

  /// The files among some of which nothing was read.
  ///
  /// - Parameter index: the index of the first file of the place of which nothing was read.
  private func unread(
    _ generations: some Sequence<Generation>, _ saved: SavedPlace, _ index: Int
  ) -> [ResumePiece] {
    let empty = saved.files.dropFirst(index)
    // One that was there already was not truncated since, unless copies of it appeared.
    var mayBeTruncated = false
    return generations.compactMap { generation in
      guard let plain = generation.plain else {
        mayBeTruncated = true
        return ResumePiece(generation: generation)
      }
      let identity = plain.status.identity
      let known = empty.last { $0.identity == identity }
      if known == nil, identity != log?.status.identity,
        saved.seen.contains(identity) || mayBeCopyOfLog(plain)
      {
        return nil
      }
      var piece = ResumePiece(generation: generation)
      if known == nil { mayBeTruncated = true }
      piece.truncations = truncations(of: plain, mayBeTruncated: mayBeTruncated)
      return piece
    }
  }
}
