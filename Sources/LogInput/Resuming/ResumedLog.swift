import AccessLog

/// A followed log that an earlier run has read in part, as it can be continued now.
package struct ResumedLog {
  /// The files that the followed file begins with, oldest first, and how much of each was read.
  private(set) var files: [(file: OpenFile, part: ReadPart)] = []
  /// The rotated files after those, oldest first, of which nothing was read.
  private(set) var newer: [OpenFile] = []
  /// The rotated files that are older, or had been read to their ends.
  private(set) var seen: Set<FileIdentity>
  /// Whether the log was truncated since.
  private(set) var isTruncated = false
  /// What comes before the followed file, because it is compressed by now, or older than what is.
  package private(set) var older: [any RewindableSource] = []
  /// The number of bytes before the first of them that the earlier run has read.
  package private(set) var skipped: Int64 = 0
  /// The first lines of the file in which reading begins.
  package private(set) var heading: [UInt8] = []
  /// Whether all that the earlier run has read is still recognized. If not, it is only known as far as
  /// copies of it are found.
  package private(set) var isExact = true

  /// Looks for the files of a saved place; `nil` if they are gone.
  ///
  /// - Parameter longest: what was read of the files later.
  /// - Complexity: O(bytes of the compressed generations) if a generation was compressed since.
  package init?(
    _ saved: SavedPlace, recognizing longest: SavedPlace, of path: Name,
    calls: FileSystemCalls = FileSystemCalls()
  ) {
    let siblings = Siblings(of: path, calls: calls)
    var found: ResumedLog?
    // A file that is renamed meanwhile could be opened by the name of another one.
    for _ in 0..<Self.attempts {
      let before = siblings.identities()
      found = ResumedLog(finding: saved, recognizing: longest, of: path, calls)
      if siblings.identities() == before { break }
    }
    guard let found else { return nil }
    self = found
  }

  /// How often files are looked for that are renamed meanwhile.
  private static let attempts = 8

  private init?(
    finding saved: SavedPlace, recognizing longest: SavedPlace, of path: Name,
    _ calls: FileSystemCalls
  ) {
    let search = ResumeSearch(path: path, recognizing: longest, calls: calls)
    seen = saved.seen
    for file in saved.files.dropLast() {
      // One that is gone had been read, but for what was written to it after it was rotated.
      guard case .generation(let index) = search.find(file) else { continue }
      addRotated(search.generations[index], file.part, calls)
    }
    guard let newest = saved.files.last else {
      // No file had the path yet.
      newer = search.generations.compactMap(\.plain).filter {
        !saved.seen.contains($0.status.identity)
      }
      return
    }
    switch search.find(newest) {
    case .gone: return nil
    case .generation(let index): begin(at: index, newest.part, search.generations, calls)
    case .log: begin(atLog: search.log, newest.part)
    case .lost:
      begin(atLog: search.log, newest.part)
      isTruncated = true
      isExact = false
    }
    // If the log was truncated, one of them may be a copy that must be read.
    if !isTruncated { ignoreOthers(search.generations, search.log) }
  }

  /// Adds a rotated file, to which a program may have written more.
  private mutating func addRotated(
    _ generation: Generation, _ part: ReadPart, _ calls: FileSystemCalls
  ) {
    if let plain = generation.plain {
      files.append((plain, part))
    } else if let source = generation.source(from: part.length, calls) {
      older.append(source)
      skipped += part.length
    }
  }

  /// Ignores the rotated files that are not read: they are older. What appears later is not among them, nor
  /// is a copy of the log that is just being made, before the log is truncated.
  private mutating func ignoreOthers(_ generations: [Generation], _ log: OpenFile?) {
    let read = Set((files.map(\.file) + newer).map(\.status.identity))
    for file in generations.compactMap(\.plain) where !read.contains(file.status.identity) {
      if !Self.mayBeCopy(file, of: log) { seen.insert(file.status.identity) }
    }
  }

  /// Whether a file holds nothing so far, or begins like the log.
  private static func mayBeCopy(_ file: OpenFile, of log: OpenFile?) -> Bool {
    guard let log, let head = try? file.bytes(ReadPart.sampleLength, at: 0) else { return false }
    return (try? log.bytes(head.count, at: 0)) == head
  }

  private mutating func begin(atLog log: OpenFile?, _ part: ReadPart) {
    guard let log else { return }
    files.append((log, part))
    heading = (try? log.heading(before: part.length)) ?? []
  }

  /// Begins with a rotated file. What is compressed, and all that is older, comes before the followed
  /// file.
  private mutating func begin(
    at index: Int, _ part: ReadPart, _ generations: [Generation], _ calls: FileSystemCalls
  ) {
    heading = generations[index].heading(before: part.length, calls)
    let lastCompressed = generations[index...].lastIndex { $0.plain == nil }
    let first = lastCompressed.map { $0 + 1 } ?? index
    for place in index..<first {
      let source = generations[place].source(from: place == index ? part.length : 0, calls)
      if let source { older.append(source) }
    }
    if lastCompressed != nil {
      skipped += part.length
    } else if let plain = generations[index].plain {
      files.append((plain, part))
    }
    let rest = lastCompressed == nil ? index + 1 : first
    newer = generations[rest...].compactMap(\.plain)
  }
}
