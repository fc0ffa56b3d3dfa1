import AccessLog
import Dispatch
import Synchronization

/// Some decompressed bytes of a file.
struct DecodedBlock: Sendable {
  var bytes: [UInt8] = []
  /// The number of bytes at the beginning of `bytes` that are used.
  var count = 0
  /// The offset in the compressed file at which decompressing will continue.
  var compressedEnd: Int64 = 0
  /// The problems that were worked around meanwhile.
  var notices: [Notice] = []
  /// How the bytes of the file end, if this is the last block.
  var ending: Decompressor.Ending?
}

/// Decompresses a file in a thread of its own, a few blocks ahead of the reader.
///
/// The thread ends while all blocks are in use, and begins again when the reader has read one.
final class DecodingAhead: Sendable {
  /// The length of a block in bytes.
  static let blockLength = 1 << 18
  /// The number of blocks there are, including the one that the reader has.
  static let blockLimit = 4

  private struct State: Sendable {
    /// The blocks that wait for the reader, oldest first.
    var finished: [DecodedBlock] = []
    /// Bytes of blocks to be used again.
    var free: [[UInt8]] = []
    var allocated = 0
    var isRunning = false
    /// Whether no more blocks are to be decompressed: there are none, or nobody wants them.
    var isStopped = false
  }

  /// Used only by the running job, or when none can run any more.
  private let decompressor: Mutex<Decompressor>
  private let state = Mutex(State())
  /// Signalled once for each finished block.
  private let finishedBlock = DispatchSemaphore(value: 0)
  private let queue = DispatchQueue(label: "decompressing", qos: .userInitiated)
  private let jobs = DispatchGroup()

  init(_ file: UnchangingFile, _ method: Compression) {
    decompressor = Mutex(Decompressor(file, method))
  }

  /// The number of blocks in memory.
  var allocatedBlocks: Int { state.withLock { $0.allocated } }

  /// Waits for the next block. It must not be called after the last one.
  ///
  /// - Parameter used: the block that the reader had before, to be used again.
  func next(recycling used: consuming DecodedBlock) -> DecodedBlock {
    if !used.bytes.isEmpty {
      let bytes = used.bytes
      state.withLock { $0.free.append(bytes) }
    }
    runIfNeeded()
    finishedBlock.wait()
    return state.withLock { $0.finished.removeFirst() }
  }

  /// Waits until the thread does not work any more.
  ///
  /// - Returns: the file, as far as it is known now.
  func stop() -> UnchangingFile {
    state.withLock { $0.isStopped = true }
    jobs.wait()
    return decompressor.withLock { $0.file }
  }
}

// MARK: - The other thread

extension DecodingAhead {
  private func runIfNeeded() {
    let begins = state.withLock { state in
      defer { state.isRunning = true }
      return !state.isRunning && !state.isStopped
    }
    guard begins else { return }
    queue.async(group: jobs) { self.run() }
  }

  private func run() {
    while let bytes = state.withLock({ takeBytes(&$0) }) {
      let block = decode(into: bytes)
      state.withLock { state in
        if block.ending != nil { state.isStopped = true }
        state.finished.append(block)
      }
      finishedBlock.signal()
    }
  }

  /// Bytes for the next block; `nil` if there are none or none are needed.
  private func takeBytes(_ state: inout State) -> [UInt8]? {
    if !state.isStopped {
      if let bytes = state.free.popLast() { return bytes }
      if state.allocated < Self.blockLimit {
        state.allocated += 1
        return [UInt8](repeating: 0, count: Self.blockLength)
      }
    }
    state.isRunning = false
    return nil
  }

  private func decode(into bytes: consuming [UInt8]) -> DecodedBlock {
    var block = DecodedBlock(bytes: bytes)
    decompressor.withLock { decompressor in
      (block.count, block.ending) = block.bytes.withUnsafeMutableBytes { decompressor.fill($0) }
      block.compressedEnd = decompressor.compressedPosition
      block.notices = decompressor.drainNotices()
    }
    return block
  }
}
