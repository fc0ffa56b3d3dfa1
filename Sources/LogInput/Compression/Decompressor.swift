import AccessLog

/// Decompresses a file from its beginning to its end: all members, one after the other.
final class Decompressor {
  /// How the bytes of a file end.
  enum Ending: Equatable, Sendable {
    case complete
    case failed(InputFailure)
  }

  private let method: Compression
  private let input: CompressedInput
  private var decoder: (any MemberDecoder)?
  private var isInMember = false

  init(_ file: UnchangingFile, _ method: Compression) {
    self.method = method
    input = CompressedInput(file)
  }

  /// The file, as far as it is known now.
  var file: UnchangingFile { input.file }

  /// The number of compressed bytes that were decompressed.
  var compressedPosition: Int64 { input.position }

  /// The problems that were worked around since the last call.
  func drainNotices() -> [Notice] { input.drainNotices() }

  /// Fills a buffer with the next bytes.
  ///
  /// - Returns: the number of bytes, and how the bytes end if they do.
  func fill(_ output: UnsafeMutableRawBufferPointer) -> (count: Int, ending: Ending?) {
    var filled = 0
    do throws(InputFailure) {
      while filled < output.count {
        guard try beginMemberIfNeeded() else {
          try input.checkUnchanged()
          input.reportMovedPath()
          return (filled, .complete)
        }
        try decode(into: output, &filled)
      }
      return (filled, nil)
    } catch {
      return (filled, .failed(error))
    }
  }
}

// MARK: - Members

extension Decompressor {
  private func decode(
    into output: UnsafeMutableRawBufferPointer, _ filled: inout Int
  ) throws(InputFailure) {
    guard let decoder else { return }
    let bytes = try input.next()
    let room = UnsafeMutableRawBufferPointer(rebasing: output[filled...])
    let step = decoder.decode(bytes, into: room)
    input.consume(step.read)
    filled += step.written
    switch step.result {
    case .memberEnd: isInMember = false
    case .failed(let fault): throw try failure(fault)
    case .unfinished where step.read == 0 && step.written == 0:
      throw try failure(bytes.isEmpty ? .unexpectedEnd : .invalidData)
    case .unfinished: break
    }
  }

  /// Begins the next member if none has begun.
  ///
  /// - Returns: whether there is one.
  private func beginMemberIfNeeded() throws(InputFailure) -> Bool {
    if isInMember { return true }
    let isFirst = decoder == nil
    if isFirst { try input.checkUnchanged() }
    let padding = isFirst ? 0 : try skipPadding()
    let bytes = try input.peek(ContentCheck.length)
    if bytes.isEmpty, !isFirst { return false }
    guard padding == 0 || method.allowsMembersAfterPadding else {
      throw try failure(.trailingGarbage)
    }
    switch ContentCheck.memberVerdict(bytes, method) {
    case .member: break
    case .incomplete: throw try failure(.unexpectedEnd)
    case .other: throw try failure(isFirst ? .invalidData : .trailingGarbage)
    }
    do throws(DecompressionFault) {
      if decoder == nil { decoder = try method.makeDecoder() }
      try decoder?.beginMember()
    } catch {
      throw try failure(error)
    }
    isInMember = true
    return true
  }

  /// Passes over zero bytes behind a member.
  ///
  /// - Returns: their number.
  private func skipPadding() throws(InputFailure) -> Int {
    guard let unit = method.paddingUnit else { return 0 }
    var count = 0
    while true {
      let bytes = try input.next()
      let zeros = bytes.prefix { $0 == 0 }.count
      input.consume(zeros)
      count += zeros
      if zeros < bytes.count || bytes.isEmpty { break }
    }
    guard count.isMultiple(of: unit) else { throw try failure(.trailingGarbage) }
    return count
  }

  /// The failure for a fault, unless the file changed while it was read.
  private func failure(_ fault: DecompressionFault) throws(InputFailure) -> InputFailure {
    try input.checkUnchanged()
    return .undecodable(method, fault)
  }
}

extension Compression {
  /// The number of zero bytes of which a multiple may follow a member; `nil` if none may.
  fileprivate var paddingUnit: Int? {
    switch self {
    case .gzip, .bzip2: 1
    case .xz: 4
    case .zstd: nil
    }
  }

  /// Whether more members may follow zero bytes.
  fileprivate var allowsMembersAfterPadding: Bool { self == .xz }
}
