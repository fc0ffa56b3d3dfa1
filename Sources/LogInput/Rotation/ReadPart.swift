import Glibc

/// The part of a file that was read: its length, and its first and last kilobyte, by which a copy
/// is recognized.
struct ReadPart: Equatable, Sendable {
  /// The number of bytes that are stored of each end.
  static let sampleLength = 1024

  /// The length in bytes.
  private(set) var length: Int64 = 0
  /// The first bytes.
  private(set) var head: [UInt8] = []
  /// The last bytes.
  private(set) var end: [UInt8] = []

  /// Creates an empty part.
  init() {}

  /// Creates a part that was stored; `nil` if its samples do not fit its length.
  init?(length: Int64, head: [UInt8], end: [UInt8]) {
    let sample = min(length, Int64(Self.sampleLength))
    guard length >= 0, head.count == sample, end.count == sample else { return nil }
    (self.length, self.head, self.end) = (length, head, end)
  }

  /// Reads the part of a file before a position; the part is empty if the file is shorter.
  init(of file: OpenFile, before position: Int64) throws(SystemError) {
    let sample = Int(min(position, Int64(Self.sampleLength)))
    end = try file.bytes(sample, at: position - Int64(sample))
    head = try file.bytes(sample, at: 0)
    length = position
    if end.count < sample || head.count < sample { self = ReadPart() }
  }

  /// Extends the part by the bytes that were read next.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    if length == Int64(head.count), head.count < Self.sampleLength {
      head += bytes.prefix(Self.sampleLength - head.count)
    }
    end += bytes.suffix(Self.sampleLength)
    if end.count > Self.sampleLength { end.removeFirst(end.count - Self.sampleLength) }
    length += Int64(bytes.count)
  }

  /// Extends the part by bytes that were read elsewhere. It must be longer than a sample already.
  ///
  /// - Parameter last: the last kilobyte.
  mutating func extend(to newLength: Int64, last: [UInt8]) {
    length = newLength
    end = last
  }
}

// MARK: - Comparing

extension ReadPart {
  /// How far another file agrees with the part.
  enum Agreement: Equatable {
    /// The file begins with the whole part.
    case whole
    /// The file is shorter than the part and agrees up to its end.
    case upToItsEnd
    /// The file differs.
    case none
  }

  /// Compares the samples with another file at the same positions. No file agrees with an empty
  /// part.
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
