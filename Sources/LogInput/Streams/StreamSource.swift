import AccessLog
import Glibc

/// A pipe, a terminal, a FIFO or standard input. It can only be read forwards.
///
/// The descriptor is never switched to non-blocking mode, because it may be shared with the writer
/// or with the shell. Instead it is polled before each read.
package final class StreamSource: LogSource {
  /// The path as it was given; `-` stands for standard input.
  package let path: Name
  /// The descriptor to wait for. It is also readable while `awaitsWriter` is true.
  package let descriptor: Int32
  private let calls: FileSystemCalls
  private let isOwned: Bool
  private let waitsForWriter: Bool
  /// The number of bytes read.
  package private(set) var consumed: Int64 = 0
  /// Whether a FIFO has no writer and waits for the next one. Meanwhile its descriptor is readable,
  /// although there is nothing to read.
  package private(set) var awaitsWriter = false
  private var first: [UInt8] = []
  private var phase = SourceState.Phase.loading(read: 0, total: nil)

  /// Reads from an open descriptor, such as standard input, which stays open.
  ///
  /// - Throws: `InputFailure` if the descriptor is closed, or is that of a directory or a device.
  package init(
    descriptor: Int32, path: Name = Name("-"), calls: FileSystemCalls = FileSystemCalls()
  ) throws(InputFailure) {
    let status = try throwingInputFailure { () throws(SystemError) in try calls.statusOf(descriptor)
    }
    // A remote shell may use a socket as standard input, and a scheduler /dev/null.
    if let refusal = status.refusal, status.kind != .socket, status.kind != .null { throw refusal }
    self.path = path
    self.descriptor = descriptor
    self.calls = calls
    isOwned = false
    waitsForWriter = false
  }

  /// Opens a FIFO or a terminal.
  ///
  /// - Parameter follow: whether a FIFO without writers waits for the next one instead of ending.
  /// - Throws: `InputFailure` if it cannot be opened, or if its kind is not supported.
  package init(
    path: Name, follow: Bool, calls: FileSystemCalls = FileSystemCalls()
  ) throws(InputFailure) {
    let bytes = path.path
    let status = try throwingInputFailure { () throws(SystemError) in try calls.statusOf(bytes) }
    if let refusal = status.refusal { throw refusal }
    self.path = path
    descriptor = try throwingInputFailure { () throws(SystemError) in try calls.opened(bytes) }
    self.calls = calls
    isOwned = true
    waitsForWriter = follow && status.kind == .fifo
    let opened = try throwingInputFailure { () throws(SystemError) in try calls.statusOf(descriptor)
    }
    if let refusal = opened.refusal { throw refusal }
  }

  deinit {
    if isOwned { calls.close(descriptor) }
  }

  /// The progress of reading.
  package var state: SourceState { SourceState(path: path, phase: phase) }

  /// Empty: a stream has no problems that can be worked around.
  package func drainNotices() -> [Notice] { [] }
}

// MARK: - Reading

extension StreamSource {
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    do {
      return try next(into: buffer)
    } catch {
      phase = .failed(error)
      throw error
    }
  }

  private func next(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    let bytes = try throwingInputFailure { () throws(SystemError) -> Int? in
      let events = try retryingOnInterrupt { () throws(SystemError) in try calls.poll(descriptor) }
      guard events != 0 else { return nil }
      do throws(SystemError) {
        return try retryingOnInterrupt { () throws(SystemError) in
          try calls.read(descriptor, buffer)
        }
      } catch {
        // Reading from a terminal that was closed fails.
        if error.code == EIO { return 0 }
        guard error.code == EAGAIN else { throw error }
        return nil
      }
    }
    awaitsWriter = bytes == 0 && waitsForWriter
    guard let bytes else { return caughtUp() }
    guard bytes > 0 else {
      if waitsForWriter { return caughtUp() }
      if let refusal = ContentCheck.refusal(firstBytes: first, isAll: true) { throw refusal }
      phase = .ended
      return .end
    }
    if let refusal = refusal(of: UnsafeRawBufferPointer(rebasing: buffer[..<bytes])) {
      throw refusal
    }
    consumed += Int64(bytes)
    if case .loading = phase { phase = .loading(read: consumed, total: nil) }
    return .bytes(bytes)
  }

  private func caughtUp() -> ReadResult {
    phase = .following
    return .caughtUp
  }

  /// The failure for a stream that is not plain text. The first bytes may arrive one by one, so
  /// they are delivered until they are recognized; they contain no complete line.
  private func refusal(of bytes: UnsafeRawBufferPointer) -> InputFailure? {
    guard first.count < ContentCheck.length else { return nil }
    first += bytes.prefix(ContentCheck.length - first.count)
    return ContentCheck.refusal(firstBytes: first)
  }
}
