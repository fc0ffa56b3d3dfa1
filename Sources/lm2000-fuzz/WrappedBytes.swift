/// A log in wrappers that the bytes of an input describe: the size of the reads, and then lines, each of
/// which begins with two bytes that select its wrappers.
struct WrappedBytes {
  private let chunk: Int
  private let lines: [(wrappers: [UInt8], text: [UInt8])]

  init(_ bytes: [UInt8]) {
    chunk = Int(bytes.first ?? 0) + 1
    let parts = bytes.dropFirst()
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    lines = parts.map { (Array($0.prefix(2)), Array($0.dropFirst(2))) }
  }

  private func log(in choices: [FuzzWrapper]) -> [UInt8] {
    let wrapped = lines.map { line in
      line.wrappers.reduce(line.text) { choices[Int($1) % choices.count].wrap($0) }
    }
    return Array(wrapped.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// Checks that each line of any wrapped log is counted at most once, and that the sizes of the reads
  /// change nothing.
  func runAny() {
    let log = log(in: FuzzWrapper.allCases)
    let whole = LogReport(log)
    require(whole.lines <= LineCount.of(log), "no line is counted twice")
    require(whole == LogReport(log, chunk: chunk), "read sizes change nothing")
    sink = whole.lines
  }

  /// Checks that a log has the same figures in wrappers and without.
  func runCertain() {
    guard lines.allSatisfy({ Self.isPlain($0.text) }) else { return }
    // An empty last line without a newline would be a line only in a wrapper.
    let bare = LogReport(log(in: [.none]) + [UInt8(ascii: "\n")], format: "combined")
    let wrapped = LogReport(
      log(in: FuzzWrapper.certain) + [UInt8(ascii: "\n")], format: "combined")
    require(bare == wrapped, "wrappers change no figure")
    sink = bare.lines
  }

  /// Whether a line is the same line in wrappers: it has nothing that is special only at the beginning
  /// of a line, no colours, no pieces, and few enough wrappers of its own for two more.
  private static func isPlain(_ line: [UInt8]) -> Bool {
    func count(_ bytes: String) -> Int { line.count { bytes.utf8.contains($0) } }
    let startsPlainly = line.first != 0 && line.first != 0xEF
    // Each wrapper has one of the former, or two of the latter.
    return startsPlainly && count("\u{1B}") == 0 && !LineCount.mayHavePieces(line)
      && count("|<[") * 2 + count(":") <= 11
  }
}
