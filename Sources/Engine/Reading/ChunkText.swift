import LogInput
import LogParsing

/// A window onto a file that moves through a chunk, so that the bytes that are parsed are still in the
/// caches of the processor that has just copied them.
struct ChunkText: ~Copyable {
  /// What is kept of the bytes that were parsed, by which a change of the file is detected.
  static let sampleLength = 1024
  /// The longest line that is read. A longer one is left to the ordinary way.
  private static let longestLine = 2 * LogParser.lineLimit + 2
  /// What is read behind the chunk at first, for the rest of its last line.
  private static let usualRest: Int64 = 1024
  /// The alignment at which the kernel copies fastest.
  private static let alignment = 4096
  /// Where a piece is put: behind what is kept of the last one. A multiple of the alignment.
  private static let room = (sampleLength + longestLine + alignment) / alignment * alignment

  private let buffer: UnsafeMutablePointer<UInt8>
  /// The bytes that are read at once.
  private let pieceLength: Int
  /// The bytes that are there, as indices in the buffer.
  private var filled = 0..<0
  /// The offset in the file of the first byte of the buffer.
  private var origin: Int64 = 0

  init(pieceLength: Int) {
    self.pieceLength = pieceLength
    let capacity = Self.room + Self.alignment + pieceLength + LineBytes.padding
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: capacity, alignment: Self.alignment)
    buffer = bytes.initializeMemory(as: UInt8.self, repeating: 0, count: capacity)
  }

  deinit { UnsafeMutableRawPointer(buffer).deallocate() }

  /// The offset in the file of the first byte that is not there yet.
  var end: Int64 { origin + Int64(filled.upperBound) }

  /// Forgets what is there.
  ///
  /// - Parameter offset: in the file, where the window begins now.
  mutating func move(to offset: Int64) {
    origin = offset - Int64(Self.room)
    filled = Self.room..<Self.room
  }

  /// Reads the next piece.
  ///
  /// - Parameters:
  ///   - offset: in the file; the bytes before it are kept only as a sample.
  ///   - limit: where the chunk ends. Little is read behind it: its last line may end there.
  /// - Returns: `false` if there is no such byte, if not all can be read, or if what has to be kept is
  ///   longer than any line.
  mutating func readOn(_ extent: FileExtent, keepingFrom offset: Int64, to limit: Int64) -> Bool {
    let first = max(filled.lowerBound, Int(offset - origin) - Self.sampleLength)
    let kept = filled.upperBound - first
    let next = self.end
    // The place in the buffer has the alignment of the place in the file.
    let place = Self.room + Int(next % Int64(Self.alignment))
    let behind = next < limit ? limit + Self.usualRest : next + Int64(pieceLength)
    let count = min(pieceLength, Int(min(behind, extent.range.upperBound) - next))
    guard kept <= Self.room, count > 0 else { return false }
    (buffer + place - kept).update(from: buffer + first, count: kept)
    origin = next - Int64(place)
    filled = place - kept..<place
    let free = UnsafeMutableRawBufferPointer(start: buffer + place, count: count)
    guard extent.read(free, next) == count else { return false }
    filled = place - kept..<place + count
    return true
  }

  /// The bytes in a range of the file that are there.
  func bytes(_ range: Range<Int64>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: UnsafePointer(buffer) + Int(range.lowerBound - origin), count: range.count)
  }

  /// The bytes before an offset, as many as are there of a sample.
  func sample(before offset: Int64) -> [UInt8] {
    let first = max(origin + Int64(filled.lowerBound), offset - Int64(Self.sampleLength))
    return Array(bytes(first..<offset))
  }

  /// The offset behind the first newline from an offset on.
  func lineStart(from offset: Int64) -> Int64? {
    guard offset < end else { return nil }
    return bytes(offset..<end).firstIndex(of: UInt8(ascii: "\n")).map { offset + Int64($0) + 1 }
  }
}
