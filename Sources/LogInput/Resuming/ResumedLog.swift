import AccessLog

/// A followed log that an earlier run has read in part, as it can be continued now.
package struct ResumedLog {
  /// A file that is followed.
  struct File {
    var file: OpenFile
    /// The part of it that was read; `nil` if it appeared later.
    var part: ReadPart?
    /// How often it was truncated, as far as is known.
    var truncations: Int
  }

  /// The files, oldest first; the log itself is the last one, if it exists.
  private(set) var files: [File] = []
  /// The rotated files that are older, or had been read to their ends.
  private(set) var seen: Set<FileIdentity>
  /// What comes before the followed files, because it is compressed by now, or older than what is.
  package private(set) var older: [any RewindableSource] = []
  /// The number of bytes before the first of them that the earlier run has read.
  package private(set) var skipped: Int64 = 0
  /// The first lines of the file in which reading begins.
  package private(set) var heading: [UInt8] = []
  /// Whether the log was truncated, and what was read of it is nowhere to be found, unless a copy turns up.
  package private(set) var isLost = false
  /// Whether all that came behind the place is found.
  package private(set) var isExact = true
  /// Whether no file was renamed, created or removed meanwhile. If one was, another one may have been opened
  /// by its name, and the files should be looked for again.
  package private(set) var isSteady = true

  /// Looks for the files of a saved place; `nil` if they are gone.
  ///
  /// - Parameter longest: what was read of the files later.
  /// - Complexity: O(bytes of the compressed generations) if a generation was compressed since.
  package init?(
    _ saved: SavedPlace, recognizing longest: SavedPlace, of path: Name,
    calls: FileSystemCalls = FileSystemCalls()
  ) {
    let siblings = Siblings(of: path, calls: calls)
    let before = siblings.identities()
    let search = ResumeSearch(path: path, recognizing: longest, calls: calls)
    seen = saved.seen
    let current = search.findCurrent(saved)
    if case .gone? = current?.found { return nil }
    if let current {
      add(search.pieces(of: saved, current), calls)
      if !search.hasAll(of: saved, current) { isExact = false }
    } else {
      // No file had the path yet.
      add(search.pieces(notIn: saved), calls)
    }
    if case .lost? = current?.found {
      // One of the rotated files may be a copy that must be read.
      (isLost, isExact) = (true, false)
    } else {
      ignoreOthers(search)
    }
    isSteady = siblings.identities() == before
  }

  /// Adds files. What is compressed, and all that is older, comes before the followed files.
  private mutating func add(_ pieces: [ResumePiece], _ calls: FileSystemCalls) {
    let current = pieces.lastIndex { $0.isCurrent } ?? 0
    if current < pieces.count, let part = pieces[current].part {
      heading = pieces[current].generation.heading(before: part.length, calls)
    }
    let first = pieces.lastIndex { $0.generation.plain == nil }.map { $0 + 1 } ?? 0
    for piece in pieces[..<first] {
      let position = piece.part?.length ?? 0
      if let source = piece.generation.source(from: position, calls) {
        older.append(source)
        skipped += position
      } else {
        isExact = false
      }
    }
    for piece in pieces[first...] {
      guard let plain = piece.generation.plain else { continue }
      files.append(File(file: plain, part: piece.part, truncations: piece.truncations))
    }
  }

  /// Ignores the rotated files that are not read: they are older. What appears later is not among them, nor
  /// is a copy of the log that is just being made, before the log is truncated.
  private mutating func ignoreOthers(_ search: ResumeSearch) {
    let read = Set(files.map(\.file.status.identity))
    for file in search.generations.compactMap(\.plain)
    where !read.contains(file.status.identity) && !search.mayBeCopyOfLog(file) {
      seen.insert(file.status.identity)
    }
  }
}
