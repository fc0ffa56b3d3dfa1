import AccessLog

/// How far the runs of a sender have come.
struct StreamProgress: Equatable, Sendable {
  /// See `SentReport`.
  var series: UInt64
  /// The number of the last report in the series; 0 before the first.
  var sequence: UInt64 = 0
  /// The number of the last batch. Later ones were never sent.
  var lastBatch: UInt64 = 0
  /// The places up to which the logs were reported, by absolute path, in their stored form.
  var checkpoints: [Name: [UInt8]] = [:]
}

// Version, series, sequence, last batch, number of checkpoints; for each: path and checkpoint. A checksum
// follows.

extension StreamProgress {
  private static let version: UInt64 = 1

  var encoded: [UInt8] {
    var writer = WireWriter()
    writer.write(Self.version)
    writer.write(series)
    writer.write(sequence)
    writer.write(lastBatch)
    writer.write(checkpoints.count)
    for (path, checkpoint) in checkpoints.sorted(by: { $0.key < $1.key }) {
      writer.write(path.bytes)
      writer.write(checkpoint)
    }
    return Sealed.seal(writer.bytes)
  }

  /// - Returns: `nil` if the bytes are damaged.
  init?(decoding bytes: [UInt8]) {
    guard let content = Sealed.open(bytes) else { return nil }
    var reader = WireReader(content)
    do throws(WireFailure) {
      guard try reader.number() == Self.version else { return nil }
      series = try reader.number()
      sequence = try reader.number()
      lastBatch = try reader.number()
      for _ in 0..<(try reader.count()) {
        let path = Name(Array(try reader.bytes()))
        checkpoints[path] = Array(try reader.bytes())
      }
    } catch {
      return nil
    }
    guard reader.isAtEnd, lastBatch < .max / 2 else { return nil }
  }
}
