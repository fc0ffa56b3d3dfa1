import AccessLog

/// A format of the common-log family.
protocol CommonLogFamily: LogFormat {
  /// The index of the word that is the client.
  static var clientWord: Int { get }
  var reader: CommonLogReader { get set }
}

extension CommonLogFamily {
  package var zoneOffset: Int { reader.zoneOffset }

  package mutating func read(
    _ line: LineBytes, into batch: RecordBatch
  ) -> LineVerdict {
    reader.read(line, clientWord: Self.clientWord, into: batch)
  }

  package func progress(with line: LineBytes) -> FormatProgress {
    FormatProgress(readable: reader.readableFields(line, clientWord: Self.clientWord))
  }
}

/// The common log format of the Apache HTTP server and NCSA httpd before it.
package struct CommonFormat: CommonLogFamily {
  package static let name = "common"
  package static let summary =
    "Common log format: client ident user [time] \"request\" status bytes"
  static let clientWord = 0

  var reader = CommonLogReader()

  package init() {}

  package func claims(_ line: LineBytes) -> Bool { true }
}

/// The combined log format: the common one, then referrer and user agent. It is nginx's default.
package struct CombinedFormat: CommonLogFamily {
  package static let name = "combined"
  package static let summary = "Combined log format: common, then \"referrer\" \"user agent\""
  static let clientWord = 0

  var reader = CommonLogReader()

  package init() {}

  package func claims(_ line: LineBytes) -> Bool {
    CommonLogReader.hasReferrerThenAgent(line)
  }
}

/// The combined log format with the virtual host in front, Debian's `vhost_combined`.
package struct VCombinedFormat: CommonLogFamily {
  package static let name = "vcombined"
  package static let summary = "Combined log format after a virtual host: host[:port] client ..."
  static let clientWord = 1

  var reader = CommonLogReader()

  package init() {}

  /// Claims lines whose second word is an address or a host name, where the combined format has the
  /// identity, which is rarely used; or is not `-` after a first word with a port.
  package func claims(_ line: LineBytes) -> Bool {
    let words = UnsafeBufferPointer(start: line.start, count: line.count)
      .split(separator: .space, maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count > 2 else { return false }
    return words[1].contains(UInt8(ascii: ".")) || words[1].contains(UInt8(ascii: ":"))
      || (!words[1].elementsEqual("-".utf8) && Self.hasPort(words[0]))
  }

  /// Whether the word is `host:port`. An IPv6 address has more colons.
  private static func hasPort(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let parts = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && (1...5).contains(parts[1].count)
      && parts[1].allSatisfy { (.zero...UInt8(ascii: "9")).contains($0) }
  }
}
