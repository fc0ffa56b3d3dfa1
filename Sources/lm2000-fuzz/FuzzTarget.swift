import AccessLog
import Engine
import LogParsing
import SafeText

/// What the fuzzer tries with an input; the first byte of the input selects the target.
enum FuzzTarget: UInt8, CaseIterable {
  case csv, common, combined, vcombined, detection, pipeline, safeText, timestamp, request
  case following, closedSecond, wrapped, sameInWrappers, forked, usualLines
  case compressed
  case anyFormat, knownString, anyString
  case condition, rule
  case syslog
  case checkpoint
  case report, message

  /// Format strings of both dialects.
  private static let strings = [
    #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer""#,
    #"$msec|${remote_addr}|$request_method|$request_uri|$status|$bytes_sent|$host|$request_time"#,
    #"%h %l %u %t %D "%r" %>s %b "%{Referer}i" "%{User-Agent}i""#,
    #"[%x] %v:%p %h %m %U%q %s %O %T"#,
    #"%h %^[%d:%t %^] "%r" %s %b "%R" "%u" %L"#,
  ]

  func run(_ bytes: [UInt8]) {
    switch self {
    case .csv: parse(bytes, FormatCatalog.format(named: "csv"))
    case .common: parse(bytes, FormatCatalog.format(named: "common"))
    case .combined: parse(bytes, FormatCatalog.format(named: "combined"))
    case .vcombined: parse(bytes, FormatCatalog.format(named: "vcombined"))
    case .detection: parse(bytes, nil)
    case .anyFormat: choose(bytes) { FormatCatalog.all[$0 % FormatCatalog.all.count] }
    case .knownString:
      choose(bytes) { try? NamedFormat(custom: Self.strings[$0 % Self.strings.count]) }
    case .anyString: ownString(bytes)
    case .pipeline: pipeline(bytes)
    case .following: FollowedBytes(bytes).run()
    case .closedSecond: closedSecond(bytes)
    case .wrapped: WrappedBytes(bytes).runAny()
    case .sameInWrappers: WrappedBytes(bytes).runCertain()
    case .forked: forked(bytes)
    case .usualLines: UsualLines(bytes).run()
    case .compressed: CompressedBytes(bytes).run()
    case .condition: ConditionTexts(bytes).runCondition()
    case .rule: ConditionTexts(bytes).runRule()
    case .syslog: SyslogBytes(bytes).run()
    case .checkpoint: CheckpointBytes(bytes).run()
    case .report: report(bytes)
    case .message: message(bytes)
    case .safeText: safeText(bytes)
    case .timestamp:
      parse(
        Array("h - - [".utf8) + bytes + Array("] \"GET / H\" 200 1\n".utf8),
        FormatCatalog.format(named: "common"))
    case .request:
      parse(
        Array("h - - [14/Mar/2026:09:26:53 +0100] \"".utf8) + bytes + Array("\" 200 1\n".utf8),
        FormatCatalog.format(named: "common"))
    }
  }

  /// Parses all bytes but the first, which chooses the format, in one piece and cut into reads.
  private func choose(_ bytes: [UInt8], _ format: (Int) -> NamedFormat?) {
    guard let first = bytes.first else { return }
    let format = format(Int(first))
    let log = Array(bytes.dropFirst())
    parse(log, format)
    require(
      LogReport(log, named: format) == LogReport(log, chunk: 7, named: format),
      "read sizes change nothing")
  }

  /// Parses the lines after the first one, which is a format string.
  private func ownString(_ bytes: [UInt8]) {
    let string = String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
    guard let format = try? NamedFormat(custom: string) else { return }
    parse(Array(bytes.drop { $0 != 10 }.dropFirst()), format)
  }

  /// Checks that every line is counted exactly once, except pieces, which make a line together.
  private func parse(_ bytes: [UInt8], _ format: NamedFormat?) {
    var options = ParsingOptions()
    options.wanted = Dimension.allCases.reduce(into: []) { $0.insert(DimensionSet($1)) }
    var parser = LogParser(format: format, options)
    let batch = RecordBatch(options.wantedFacts)
    let padded = bytes + [UInt8](repeating: 0, count: LineBytes.padding)
    padded.withUnsafeBufferPointer { buffer in
      let block = UnsafeBufferPointer(rebasing: buffer[..<bytes.count])
      let start = UnsafeBufferPointer(start: buffer.baseAddress, count: block.count)
      let consumed = parser.parse(start, isLast: true, into: batch)
      require(consumed == bytes.count, "all bytes are consumed at the end")
    }
    parser.finish(into: batch)
    var checksum = batch.records.count
    batch.withFacts { facts in
      for index in batch.records.indices {
        checksum &+=
          Int(truncatingIfNeeded: facts.latency(at: index)) &+ facts.names(at: index).count
      }
    }
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
    let forking = Forking(
      workers: Int(bytes[0] & 7) + 1, chunkSize: 1 + 4 * Int(bytes[1]),
      pieceSize: 1 + 16 * Int(bytes[0] >> 3))
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

  /// Checks that a report that was decoded stays the same when it is encoded and decoded again, and that
  /// its lines add up.
  private func report(_ bytes: [UInt8]) {
    guard let report = try? SecondReport(decoding: bytes) else { return }
    require((try? SecondReport(decoding: report.encoded)) == report, "the wire form keeps a report")
    let lines = report.lines
    require(
      lines.lines == lines.hits + lines.rejected.total + lines.ignored, "lines add up")
    sink = lines.lines
  }

  /// Checks the same of a report with its sender as a line of JSON, also if only its data is given.
  private func message(_ bytes: [UInt8]) {
    let sent = SentReport(
      sender: Name(bytes), series: 1, sequence: 1,
      report: SecondReport(from: EpochSecond(1), closed: ClosedSecond(second: EpochSecond(0))))
    if !bytes.isEmpty, bytes.count <= 1000 {
      require((try? SentReport(decoding: sent.encoded)) == sent, "the message keeps its sender")
    }
    guard let decoded = try? SentReport(decoding: bytes) else { return }
    require((try? SentReport(decoding: decoded.encoded)) == decoded, "the message keeps a report")
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
