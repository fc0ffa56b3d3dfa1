/// The formats, the most specific first.
let formatNames = ["vcombined", "combined", "common", "csv"]

/// Judges a line by a format.
///
/// - Parameter columns: the columns of a CSV log at this line.
func judge(_ line: [UInt8], format: String, columns: [[UInt8]]) -> Judgement {
  if line.count > lineLimit { return .rejected(.oversize) }
  switch format {
  case "csv": return judgeCSV(line, columns: columns)
  case "vcombined": return judgeCommonLog(line, vhostFirst: true)
  default: return judgeCommonLog(line, vhostFirst: false)
  }
}

/// The format of the first line that any format accepts; `nil` if there is none.
func detectFormat(_ lines: [[UInt8]]) -> String? {
  for line in lines where !isBlank(line) {
    for name in formatNames where accepts(line, format: name) { return name }
  }
  return nil
}

private func accepts(_ line: [UInt8], format: String) -> Bool {
  if case .rejected = judge(line, format: format, columns: usualColumns) { return false }
  switch format {
  case "vcombined":
    // A virtual host comes first only if it has a port, or an address or a host name comes second.
    let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    let second = String(decoding: words[1], as: UTF8.self)
    let first = String(decoding: words[0], as: UTF8.self)
    if second.contains(".") || second.contains(":") { return true }
    return second != "-" && first.wholeMatch(of: /[^:]+:[0-9]{1,5}/) != nil
  case "combined": return hasTwoQuotedStringsAfterBytes(line)
  default: return true
  }
}

/// Judges each line; `nil` for blank lines and headers, which are ignored.
func judgeLines(_ lines: [[UInt8]], format: String?) -> [Judgement?] {
  var columns = usualColumns
  return judgeLines(lines, format: format, columns: &columns)
}

/// Judges lines in the middle of a CSV log.
///
/// - Parameter columns: the columns at the first line, and after the call at the last one.
func judgeLines(
  _ lines: [[UInt8]], format: String?, columns: inout [[UInt8]]
) -> [Judgement?] {
  lines.map { line in
    if isBlank(line) { return nil }
    guard let format else { return .rejected(furthestRejection(line)) }
    let judgement = judge(line, format: format, columns: columns)
    if case .header(let names) = judgement {
      columns = names
      return nil
    }
    return judgement
  }
}

/// The reason of the format that got furthest with the line, for logs without a detected format.
private func furthestRejection(_ line: [UInt8]) -> ModelRejection {
  let order = ModelRejection.allCases
  var furthest = ModelRejection.oversize
  for name in formatNames {
    guard case .rejected(let reason) = judge(line, format: name, columns: usualColumns),
      order.firstIndex(of: reason)! > order.firstIndex(of: furthest)!
    else { continue }
    furthest = reason
  }
  return furthest
}
