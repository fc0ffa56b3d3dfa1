import AccessLog
import Engine
import LogParsing
import SafeText

/// What the fuzzer tries with an input; the first byte of the input selects the target.
enum FuzzTarget: UInt8, CaseIterable {
  case csv, common, combined, vcombined, detection, pipeline, safeText, timestamp, request
  case following, closedSecond, wrapped, sameInWrappers, forked, usualLines
  case compressed

  func run(_ bytes: [UInt8]) {
    switch self {
    case .csv: parse(bytes, "csv")
    case .common: parse(bytes, "common")
    case .combined: parse(bytes, "combined")
    case .vcombined: parse(bytes, "vcombined")
    case .detection: parse(bytes, nil)
    case .pipeline: pipeline(bytes)
    case .following: FollowedBytes(bytes).run()
    case .closedSecond: closedSecond(bytes)
    case .wrapped: WrappedBytes(bytes).runAny()
    case .sameInWrappers: WrappedBytes(bytes).runCertain()
    case .forked: forked(bytes)
    case .usualLines: UsualLines(bytes).run()
    case .compressed: CompressedBytes(bytes).run()
    case .safeText: safeText(bytes)
    case .timestamp:
      parse(Array("h - - [".utf8) + bytes + Array("] \"GET / H\" 200 1\n".utf8), "common")
    case .request:
      parse(
        Array("h - - [14/Mar/2026:09:26:53 +0100] \"".utf8) + bytes + Array("\" 200 1\n".utf8),
        "common")
    }
  }

  /// Checks that every line is counted exactly once, except pieces, which make a line together.
  private func parse(_ bytes: [UInt8], _ format: String?) {
    var parser = LogParser(format: format.flatMap(FormatCatalog.format))
    let batch = RecordBatch()
    let padded = bytes + [UInt8](repeating: 0, count: LineBytes.padding)
    padded.withUnsafeBufferPointer { buffer in
      let block = UnsafeBufferPointer(rebasing: buffer[..<bytes.count])
      let start = UnsafeBufferPointer(start: buffer.baseAddress, count: block.count)
      let consumed = parser.parse(start, isLast: true, into: batch)
      require(consumed == bytes.count, "all bytes are consumed at the end")
    }
    parser.finish(into: batch)
    var checksum = batch.records.count
    for record in batch.records {
      checksum &+=
        batch.name(record.names[.section], in: .section).bytes.count
        &+ batch.name(record.names[.client], in: .client).bytes.count
      require(record.bytes >= 0, "bytes are not negative")
    }
    let lines = batch.records.count + batch.runs.reduce(0) { $0 + $1.count }
    let physicalLines = LineCount.of(bytes)
    require(lines <= physicalLines, "no line is counted twice")
    require(lines == physicalLines || LineCount.mayHavePieces(bytes), "each line is counted once")
    sink = checksum
  }

  /// Checks that the output does not depend on the sizes of the reads, and that the counts add up.
  private func pipeline(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let log = Array(bytes.dropFirst())
    let whole = LogReport(log)
    require(whole == LogReport(log, chunk: Int(first) + 1), "read sizes change nothing")
  }

  /// Checks that the output does not depend on where a log is cut, and by how many threads it is read.
  private func forked(_ bytes: [UInt8]) {
    guard bytes.count > 2 else { return }
    let log = Array(bytes.dropFirst(2))
    let forking = Forking(workers: Int(bytes[0] & 7) + 1, chunkSize: 1 + 4 * Int(bytes[1]))
    require(LogReport(log) == LogReport(log, forking: forking), "cuts and threads change nothing")
  }

  /// Checks that a closed second that was decoded stays the same when it is encoded and decoded
  /// again.
  private func closedSecond(_ bytes: [UInt8]) {
    guard let second = try? ClosedSecond(decoding: bytes) else { return }
    let decodedAgain = try? ClosedSecond(decoding: second.encoded)
    require(decodedAgain == second, "the wire form keeps a second")
    sink = second.traffic.hits
  }

  /// Checks that no control character is left, and that the width is as stated.
  private func safeText(_ bytes: [UInt8]) {
    for encoding in [TextEncoding.unicode, .ascii] {
      let text = SafeString(bytes, as: encoding)
      for scalar in text.text.unicodeScalars {
        require(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value), "no control")
        require(scalar.properties.generalCategory != .format, "no format character")
        require(encoding == .unicode || scalar.isASCII, "ASCII only")
      }
      require(text.clusters.reduce(0) { $0 + $1.width } == text.width, "the width is right")
      require(text.truncated(to: 7, as: encoding).width <= 7, "cut to fit")
    }
  }
}
