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

  /// The file of a place in which reading continues.
  struct Current {
    /// The index among the files of the place; those before it are read to their ends first.
    var index: Int
    var file: SavedPlace.File
    var found: Found
  }

  private let path: Name
  let calls: FileSystemCalls
  /// What was read of the files later than at the place.
  private let longest: SavedPlace
  /// The log itself, if it exists.
  let log: OpenFile?
  /// The rotated files, oldest first by their names.
  let generations: [Generation]
  /// The first bytes of the log, before the rotated files were looked for.
  private let head: [UInt8]

  /// - Parameter longest: longer parts of the files, by which they are recognized.
  init(path: Name, recognizing longest: SavedPlace, calls: FileSystemCalls) {
    self.path = path
    self.longest = longest
    self.calls = calls
    let siblings = Siblings(of: path, calls: calls)
    let log = try? OpenFile(path: path.path, calls: calls)
    self.log = log
    head = Self.head(of: log)
    let opened = siblings.open { $0.status.identity != log?.status.identity }
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

  /// The log itself, if it exists, like a rotated file that is newer than all others.
  var newest: [Generation] { log.map { [Generation(path: path, rank: .max, plain: $0)] } ?? [] }

  /// Finds the file in which reading continues; `nil` if no file had the path.
  ///
  /// That is the newest one of which something was read. An empty one has nothing by which it could be
  /// recognized, so that it is only looked for if the one before it, and the one that was read after it, are
  /// gone.
  func findCurrent(_ saved: SavedPlace) -> Current? {
    guard let newest = saved.files.indices.last else { return nil }
    if let read = saved.files.lastIndex(where: { longestPart(of: $0).length > 0 }) {
      let current = Current(
        index: read, file: saved.files[read], found: find(saved.files[read]))
      if read == newest || current.isFound { return current }
    }
    let next = longest.files.first { $0.part.length > 0 && saved.part(of: $0) == nil }
    if var next {
      next.part = ReadPart()
      let current = Current(index: newest + 1, file: next, found: find(next))
      if current.isFound { return current }
    }
    return Current(
      index: newest, file: saved.files[newest], found: find(saved.files[newest]))
  }

  /// The longest part of a file that was read.
  func longestPart(of saved: SavedPlace.File) -> ReadPart {
    longest.part(of: saved) ?? saved.part
  }

  func find(_ saved: SavedPlace.File) -> Found {
    let part = longestPart(of: saved)
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

  /// How often a file was truncated at least.
  ///
  /// - Parameter mayBeTruncated: whether it may have been if it was empty.
  func truncations(of file: OpenFile, mayBeTruncated: Bool) -> Int {
    guard let known = longest.last(of: file.status.identity) else { return 0 }
    let isSame = known.part.length > 0 ? begins(file, with: known.part) : !mayBeTruncated
    return known.truncations + (isSame ? 0 : 1)
  }

  /// Whether a rotated file may be a copy of what the log contains, which is just being made.
  func mayBeCopyOfLog(_ file: OpenFile) -> Bool {
    guard let beginning = try? file.bytes(ReadPart.sampleLength, at: 0) else { return false }
    // The log may have been written to, and truncated, since the file was found.
    return [head, Self.head(of: log)].contains { head in
      !head.isEmpty && (head.starts(with: beginning) || beginning.starts(with: head))
    }
  }

  private static func head(of log: OpenFile?) -> [UInt8] {
    log.flatMap { try? $0.bytes(ReadPart.sampleLength, at: 0) } ?? []
  }

  private func begins(_ log: OpenFile?, with part: ReadPart) -> Bool {
    log.map { (try? part.agreement(with: $0)) == .whole } ?? false
  }
}

extension ResumeSearch.Current {
  fileprivate var isFound: Bool {
    switch found {
    case .log, .generation: true
    case .lost, .gone: false
    }
  }
}

extension Sibling {
  /// Its path, in the form in which that of the log was given.
  fileprivate func name(beside path: Name) -> Name { Name(path.split.directory.bytes + name) }
}
