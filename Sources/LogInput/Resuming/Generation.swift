import AccessLog

/// A rotated file of a log, plain or compressed.
struct Generation {
  var path: Name
  /// Orders the generations by their names; a newer one has a greater rank.
  var rank: Int64
  /// The file, unless it is compressed.
  var plain: OpenFile?
}

extension Generation {
  /// Whether the content begins with the part of a file that was read.
  func begins(with part: ReadPart, _ calls: FileSystemCalls) -> Bool {
    if let plain { return (try? part.agreement(with: plain)) == .whole }
    guard part.length > 0, let file = try? CompressedFile(path: path, calls: calls) else {
      return false
    }
    let place = part.length - Int64(part.end.count)
    return file.content(part.head.count, at: 0) == part.head
      && file.content(part.end.count, at: place) == part.end
  }

  /// The first complete lines before a position, which may hold a header.
  func heading(before position: Int64, _ calls: FileSystemCalls) -> [UInt8] {
    if let plain { return (try? plain.heading(before: position)) ?? [] }
    guard let file = try? CompressedFile(path: path, calls: calls) else { return [] }
    return Heading.wholeLines(of: file.content(Int(min(position, Int64(Heading.limit))), at: 0))
  }

  /// The content from a position on; `nil` if it cannot be opened.
  func source(from position: Int64, _ calls: FileSystemCalls) -> (any RewindableSource)? {
    guard let source = try? RecordedLog.open(path: path, calls: calls) else { return nil }
    if position > 0 { source.seek(to: position) }
    return source
  }
}

extension CompressedFile {
  /// Bytes of the content; fewer where it ends, or where it cannot be decompressed.
  fileprivate func content(_ count: Int, at place: Int64) -> [UInt8] {
    seek(to: place)
    return withUnsafeTemporaryAllocation(byteCount: max(1, count), alignment: 1) { buffer in
      var filled = 0
      while filled < count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<count])
        guard case .bytes(let read)? = try? read(into: rest) else { break }
        filled += read
      }
      return Array(buffer[..<filled])
    }
  }
}
