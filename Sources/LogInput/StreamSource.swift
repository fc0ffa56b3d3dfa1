import AccessLog
import Glibc

/// A pipe, a terminal, a FIFO or standard input, read as it comes. It cannot go back.
///
/// The descriptor is never switched to not blocking: it may be shared with the program at its other
/// end, or with the shell. It is asked (poll) before it is read instead.
package final class StreamSource: LogSource {
  /// The path as it was given; `-` is standard input.
  package let path: Name
  /// To be woken by; it also fires while `awaitsWriter`.
  package let descriptor: Int32
  private let calls: FileSystemCalls
  private let isOwned: Bool
  private let staysOpen: Bool
  /// How many bytes came so far.
  package private(set) var consumed: Int64 = 0
  /// All writers of a FIFO are gone; it waits for the next one. Meanwhile the descriptor says that
  /// there is something to read, though there is not.
  package private(set) var awaitsWriter = false
  private var first: [UInt8] = []
  private var phase = SourceState.Phase.loading(read: 0, total: nil)

  /// A descriptor that is open already, such as standard input, and stays open.
  ///
  /// - Throws: Why it is no log: closed, a directory, a device.
  package init(
    descriptor: Int32, path: Name = Name("-"), calls: FileSystemCalls = FileSystemCalls()
  ) throws(InputFailure) {
    let status = try translated { () throws(SystemError) in try calls.statusOf(descriptor) }
    // A socket may be what a remote shell gives; nothing to read is what a scheduler gives.
    if let refusal = status.refusal, status.kind != .socket, status.kind != .null { throw refusal }
    self.path = path
    self.descriptor = descriptor
    self.calls = calls
    isOwned = false
    staysOpen = false
  }

  /// A FIFO or a terminal by its name.
  ///
  /// - Parameter follow: A FIFO whose writers are all gone waits for the next one instead of ending.
  /// - Throws: Why it cannot be opened, or is no log.
  package init(
    path: Name, follow: Bool, calls: FileSystemCalls = FileSystemCalls()
  ) throws(InputFailure) {
    let bytes = path.path
    let status = try translated { () throws(SystemError) in try calls.statusOf(bytes) }
    if let refusal = status.refusal { throw refusal }
    self.path = path
    descriptor = try translated { () throws(SystemError) in try calls.opened(bytes) }
    self.calls = calls
    isOwned = true
    staysOpen = follow && status.kind == .fifo
    let opened = try translated { () throws(SystemError) in try calls.statusOf(descriptor) }
    if let refusal = opened.refusal { throw refusal }
  }

  deinit {
    if isOwned { calls.close(descriptor) }
  }

  /// Where it stands.
  package var state: SourceState { SourceState(path: path, phase: phase) }

  /// Nothing goes wrong here that can be mended.
  package func takeNotices() -> [Notice] { [] }
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
    let bytes = try translated { () throws(SystemError) -> Int? in
      let events = try uninterrupted { () throws(SystemError) in try calls.poll(descriptor) }
      guard events != 0 else { return nil }
      do throws(SystemError) {
        return try uninterrupted { () throws(SystemError) in try calls.read(descriptor, buffer) }
      } catch {
        // A terminal whose other end is gone reads as an error.
        if error.code == EIO { return 0 }
        guard error.code == EAGAIN else { throw error }
        return nil
      }
    }
    awaitsWriter = bytes == 0 && staysOpen
    guard let bytes else { return caughtUp() }
    guard bytes > 0 else {
      if staysOpen { return caughtUp() }
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

  /// A pipe may give its first bytes one by one; they are let through until they condemn it: as they
  /// hold no line, they count as none.
  private func refusal(of bytes: UnsafeRawBufferPointer) -> InputFailure? {
    guard first.count < ContentCheck.length else { return nil }
    first += bytes.prefix(ContentCheck.length - first.count)
    return ContentCheck.refusal(firstBytes: first)
  }
}
