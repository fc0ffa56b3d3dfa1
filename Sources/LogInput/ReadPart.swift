import Glibc

/// The part of a file that was read: its length, and its first and last kilobyte, by which a copy of
/// it is recognized.
struct ReadPart {
  /// How many bytes are kept of either end.
  static let sampleLength = 1024

  /// In bytes, from the start of the file.
  private(set) var length: Int64 = 0
  /// The first bytes.
  private(set) var head: [UInt8] = []
  /// The last bytes.
  private(set) var end: [UInt8] = []

  /// Nothing was read.
  init() {}

  /// What stands before a position; nothing where the file does not reach that far.
  init(of file: OpenFile, before position: Int64) throws(SystemError) {
    let sample = Int(min(position, Int64(Self.sampleLength)))
    end = try file.bytes(sample, at: position - Int64(sample))
    head = try file.bytes(sample, at: 0)
    length = position
    if end.count < sample || head.count < sample { self = ReadPart() }
  }

  /// Takes the bytes that were read next.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    if length == Int64(head.count), head.count < Self.sampleLength {
      head += bytes.prefix(Self.sampleLength - head.count)
    }
    end += bytes.suffix(Self.sampleLength)
    if end.count > Self.sampleLength { end.removeFirst(end.count - Self.sampleLength) }
    length += Int64(bytes.count)
  }
}

// MARK: - Comparing

extension ReadPart {
  /// How far another file is the same.
  enum Agreement: Equatable {
    /// It begins with all that was read.
    case whole
    /// It is shorter than that, and the same up to its end.
    case upToItsEnd
    case none
  }

  /// Compares the samples with what stands at the same places of another file. Where nothing was
  /// read, no file agrees.
  func agreement(with file: OpenFile) throws(SystemError) -> Agreement {
    guard length > 0 else { return .none }
    let size = try file.currentStatus().size
    guard try agrees(head, at: 0, with: file, of: size),
      try agrees(end, at: length - Int64(end.count), with: file, of: size)
    else { return .none }
    return size >= length ? .whole : .upToItsEnd
  }

  private func agrees(
    _ sample: [UInt8], at place: Int64, with file: OpenFile, of size: Int64
  ) throws(SystemError) -> Bool {
    let count = Int(max(0, min(Int64(sample.count), size - place)))
    return try file.bytes(count, at: place).elementsEqual(sample.prefix(count))
  }
}
