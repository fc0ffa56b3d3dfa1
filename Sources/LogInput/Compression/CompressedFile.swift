import AccessLog

/// A compressed regular file that is read as the bytes it was made from. It can be read again from
/// any position, which is a position among the decompressed bytes.
///
/// Another thread decompresses a few blocks ahead of the reader, from the first read on; `read` waits
/// for it. The file may consist of several compressed files in a row. If it is damaged, reading fails
/// behind the last byte that can be decompressed. Changing it while it is read is an error.
package final class CompressedFile: RewindableSource {
  /// How the file is compressed.
  package let compression: Compression
  /// The position of the next byte, counted from the start of the decompressed bytes.
  package private(set) var position: Int64 = 0
  /// The first lines, if reading begins with the last ones.
  package internal(set) var heading: [UInt8] = []
  /// The number of decompressed bytes; `nil` before the end was reached.
  package private(set) var knownSize: Int64?
  /// The file, as it was known when decompressing began.
  private var file: UnchangingFile
  private(set) var decoding: DecodingAhead?
  /// The block that is read, which may be one before the position.
  private var block = DecodedBlock()
  /// The position of its first byte.
  private var blockStart: Int64 = 0
  /// The problems that were worked around and not reported yet.
  private var notices: [Notice] = []

  /// Opens a compressed file; its first bytes tell how it is compressed.
  ///
  /// - Throws: `InputFailure` if the file does not exist, if permission is denied, if it is a
  ///   directory, socket, device or FIFO.
  /// - Returns: `nil` if the file is not compressed.
  package convenience init?(
    path: Name, calls: FileSystemCalls = FileSystemCalls()
  ) throws(InputFailure) {
    let file = try UnchangingFile(path: path, calls: calls)
    guard
      case .compressed(let method) = ContentCheck.verdict(firstBytes: file.head, isAll: true)
    else { return nil }
    self.init(file, method)
  }

  init(_ file: UnchangingFile, _ method: Compression) {
    self.file = file
    compression = method
    // Even bytes that were not read yet are needed to decompress the file to its end.
    self.file.require(length: file.file.status.size)
  }

  deinit { _ = decoding?.stop() }

  /// The path as it was given.
  package var path: Name { file.path }
}

// MARK: - Reading

extension CompressedFile {
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    guard try loadBlock() else { return .end }
    let count = withLoadedBytes { bytes in
      let count = min(bytes.count, buffer.count)
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      return count
    }
    advance(by: count)
    return .bytes(count)
  }

  func advance(by count: Int) { position += Int64(count) }

  /// Continues reading at a position. The bytes up to it are decompressed by the next read: from the
  /// last position on, or if it is before the last block, from the beginning.
  package func seek(to position: Int64) {
    self.position = max(0, position)
    if case .failed = block.ending { return restart() }
    if self.position < blockStart { restart() }
  }

  private func restart() {
    if let decoding { file = decoding.stop() }
    decoding = nil
    block = DecodedBlock()
    blockStart = 0
  }

  /// Waits for the block with the byte at the position.
  ///
  /// - Returns: whether there is one; if not, the file has ended.
  func loadBlock() throws(InputFailure) -> Bool {
    while position >= blockEnd {
      switch block.ending {
      case .complete: return false
      case .failed(let failure): throw failure
      case nil: loadNextBlock()
      }
    }
    return true
  }

  private func loadNextBlock() {
    let decoding = self.decoding ?? DecodingAhead(file, compression)
    self.decoding = decoding
    blockStart = blockEnd
    let used = block
    block = DecodedBlock()
    block = decoding.next(recycling: used)
    notices += block.notices
    if block.ending == .complete { knownSize = blockEnd }
  }

  private var blockEnd: Int64 { blockStart + Int64(block.count) }

  /// Calls a function with the bytes of the block from the position on.
  func withLoadedBytes<T>(_ body: (UnsafeRawBufferPointer) -> T) -> T {
    block.bytes.withUnsafeBytes { bytes in
      body(UnsafeRawBufferPointer(rebasing: bytes[Int(position - blockStart)..<block.count]))
    }
  }
}

// MARK: - State

extension CompressedFile {
  /// The compressed bytes that were read, and the size of the compressed file.
  package var compressedProgress: (read: Int64, size: Int64) {
    let size = file.size
    return (min(block.compressedEnd, size), size)
  }

  /// The problems that were worked around since the last call.
  package func drainNotices() -> [Notice] {
    defer { notices = [] }
    return notices
  }

  /// The progress of reading, in compressed bytes.
  package var state: SourceState {
    let progress = compressedProgress
    var phase = SourceState.Phase.loading(read: progress.read, total: progress.size)
    if position >= blockEnd {
      switch block.ending {
      case .complete: phase = .ended
      case .failed(let failure): phase = .failed(failure)
      case nil: break
      }
    }
    return SourceState(path: path, phase: phase)
  }
}
