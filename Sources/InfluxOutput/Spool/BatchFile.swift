import AccessLog
import Spooling

/// A file with a batch. Its name tells all about it but what it contains.
struct BatchFile: SpooledFile, Equatable {
  var sequence: UInt64
  var points: Int
  /// The end of the last interval that it contains as a whole; `nil` if there is none.
  var through: EpochSecond?
  /// Identifies the tags of the points.
  var tags: String
  var size: Int

  var count: Int { points }

  init(sequence: UInt64, _ batch: Batch, tags: String, through: EpochSecond?) {
    self.sequence = sequence
    points = batch.points
    self.through = through
    self.tags = tags
    size = batch.bytes.count
  }

  /// More are in no file.
  private static let mostPoints = 1_000_000

  /// - Returns: `nil` if no such file has that name.
  init?(name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, let sequence = UInt64(parts[0]), let points = Int(parts[1]),
      (1...Self.mostPoints).contains(points),
      sequence < .max / 2, !parts[3].isEmpty
    else { return nil }
    self.sequence = sequence
    self.points = points
    through = Int64(parts[2]).map { EpochSecond($0) }
    tags = parts[3]
    size = 0
    guard self.name == name else { return nil }
  }

  var name: String {
    "\(Self.padded(sequence)).\(points).\(through.map { "\($0.value)" } ?? "none").\(tags)"
  }
}
