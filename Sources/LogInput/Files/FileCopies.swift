import AccessLog

/// Finds files that hold the same bytes under different names, as a backup does beside its original.
package enum FileCopies {
  /// The number of bytes that are compared at once.
  private static let blockLength = 1 << 20

  /// The files of which another one, earlier in the list, is a copy.
  ///
  /// - Returns: the paths of each copy and of its original.
  /// - Complexity: O(files), plus the bytes of files of the same length as far as they agree
  package static func find(
    _ paths: [Name], calls: FileSystemCalls = FileSystemCalls()
  ) -> [(copy: Name, original: Name)] {
    var found: [(copy: Name, original: Name)] = []
    var bySize: [Int64: [Name]] = [:]
    for path in paths {
      guard let status = try? calls.statusOf(path.path), status.kind == .regular, status.size > 0
      else { continue }
      let others = bySize[status.size] ?? []
      if let original = others.first(where: { areEqual($0, path, status.size, calls) }) {
        found.append((path, original))
      } else {
        bySize[status.size] = others + [path]
      }
    }
    return found
  }

  /// Whether a compressed file holds nothing but the beginning of another file, or all of it: one that
  /// is being written holds less.
  ///
  /// - Complexity: O(decompressed bytes) as far as they agree
  package static func isCompressed(
    _ path: Name, copyOf plain: Name, calls: FileSystemCalls = FileSystemCalls()
  ) -> Bool {
    guard let compressed = try? CompressedFile(path: path, calls: calls),
      let file = try? OpenFile(path: plain.path, calls: calls)
    else { return false }
    var buffer = [UInt8](repeating: 0, count: blockLength)
    while true {
      let start = compressed.position
      let result = buffer.withUnsafeMutableBytes { try? compressed.read(into: $0) }
      // What cannot be decompressed says nothing.
      guard case .bytes(let count)? = result else { return start > 0 }
      guard let others = try? file.bytes(count, at: start), buffer.starts(with: others),
        others.count == count
      else { return false }
    }
  }

  private static func areEqual(
    _ first: Name, _ second: Name, _ size: Int64, _ calls: FileSystemCalls
  ) -> Bool {
    guard let one = try? OpenFile(path: first.path, calls: calls),
      let other = try? OpenFile(path: second.path, calls: calls)
    else { return false }
    // The ends of two logs differ sooner than their beginnings.
    var end = size
    while end > 0 {
      let start = max(0, end - Int64(blockLength))
      guard let bytes = try? one.bytes(Int(end - start), at: start),
        let others = try? other.bytes(Int(end - start), at: start), bytes == others
      else { return false }
      end = start
    }
    return true
  }
}
