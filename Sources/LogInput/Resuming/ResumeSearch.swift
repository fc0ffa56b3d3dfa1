import AccessLog

/// Finds the files of a saved place again, which may have been renamed, copied, truncated or compressed
/// since.
struct ResumeSearch {
  /// What has become of the newest file of a place.
  enum Found {
    /// It is the log itself, or the log is a copy of it.
    case log
    /// The index of the rotated file that it is, or that is a copy of it.
    case generation(Int)
    /// It is the log itself, which was truncated; what was read of it is nowhere to be found.
    case lost
    /// It is gone.
    case gone
  }

  private let calls: FileSystemCalls
  /// What was read of the files later than at the place.
  private let longest: SavedPlace
  /// The log itself, if it exists.
  let log: OpenFile?
  /// The rotated files, oldest first by their names.
  let generations: [Generation]

  /// - Parameter longest: longer parts of the files, by which they are recognized.
  init(path: Name, recognizing longest: SavedPlace, calls: FileSystemCalls) {
    self.longest = longest
    self.calls = calls
    let siblings = Siblings(of: path, calls: calls)
    var log: OpenFile?
    var opened: [(sibling: Sibling, file: OpenFile)] = []
    // A rotation that renames files meanwhile could hide one of them.
    for _ in 0..<16 {
      let before = siblings.find().map(\.place)
      log = try? OpenFile(path: path.path, calls: calls)
      opened = siblings.open { $0.status.identity != log?.status.identity }
      if siblings.find().map(\.place) == before { break }
    }
    self.log = log
    let plain = opened.map {
      Generation(path: $0.sibling.name(beside: path), rank: $0.sibling.rank, plain: $0.file)
    }
    // A file that is just being compressed is there twice.
    let compressed = siblings.compressed().filter { sibling in
      !plain.contains { $0.rank == sibling.rank }
    }
    generations = (plain + compressed.map { Generation(path: $0.path, rank: $0.rank) })
      .sorted { $0.rank < $1.rank }
  }

  func find(_ saved: SavedPlace.File) -> Found {
    let part = longest.part(of: saved.identity) ?? saved.part
    let isLog = log?.status.identity == saved.identity
    if isLog, part.length == 0 || begins(log, with: part) { return .log }
    let same = generations.lastIndex { $0.plain?.status.identity == saved.identity }
    let known = [same].compactMap { $0 } + generations.indices.reversed()
    let index = known.first { index in
      index == same && part.length == 0 || generations[index].begins(with: part, calls)
    }
    if let index { return .generation(index) }
    if isLog { return .lost }
    return begins(log, with: part) ? .log : .gone
  }

  private func begins(_ log: OpenFile?, with part: ReadPart) -> Bool {
    log.map { (try? part.agreement(with: $0)) == .whole } ?? false
  }
}

extension Sibling {
  /// Its path, in the form in which that of the log was given.
  fileprivate func name(beside path: Name) -> Name { Name(path.split.directory.bytes + name) }
}
