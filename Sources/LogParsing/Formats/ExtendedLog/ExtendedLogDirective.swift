import AccessLog

/// A line that begins with `#` in an extended log file: a directive (W3C, WD-logfile-960323), such as
/// `#Fields: date time c-ip`, or a comment.
struct ExtendedLogDirective {
  private static let names: [String] = [
    "fields", "version", "software", "start-date", "end-date", "date", "remark",
  ]

  /// In lower case, without its colon; `nil` if the standard has none of that name.
  let name: String?
  /// What follows the colon.
  let value: TextRange

  /// - Returns: `nil` for any other line.
  init?(_ line: TextRange) {
    guard line.first == UInt8(ascii: "#") else { return nil }
    let colon = line.firstIndex(of: .colon) ?? line.count
    let word = String(decoding: line[1..<max(1, min(colon, 32))].bytes, as: UTF8.self).lowercased()
    name = colon < line.count && Self.names.contains(word) ? word : nil
    value = colon < line.count ? line.from(colon + 1) : .empty
  }

  /// The columns that `#Fields:` names; `nil` for any other line.
  var columns: ExtendedLogColumns? {
    name == "fields" ? ExtendedLogColumns(value) : nil
  }
}
