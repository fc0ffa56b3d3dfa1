/// The names of the formats. The first three are one reader.
package let formatNames = ["vcombined", "combined", "common", "csv"]

/// What reads the lines of a log, or of what has one name in it.
struct ModelFormat {
  /// The common-log family, or CSV.
  let isCSV: Bool
  /// The offset of times without a zone, in seconds east of UTC.
  let zone: Int64
  /// The columns of a CSV log at this line.
  var columns = usualColumns

  /// The readers, the most specific first.
  static func all(zone: Int64) -> [ModelFormat] {
    [ModelFormat(isCSV: false, zone: zone), ModelFormat(isCSV: true, zone: zone)]
  }

  func judge(_ line: [UInt8]) -> Judgement {
    if line.count > lineLimit { return .rejected(.oversize) }
    return isCSV ? judgeCSV(line, columns: columns) : judgeCommonLog(line, zone: zone)
  }

  func accepts(_ line: [UInt8]) -> Bool {
    if case .rejected = judge(line) { return false }
    return true
  }

  /// The name of the format that a line it accepts is written in.
  func name(of line: [UInt8]) -> String {
    isCSV ? "csv" : commonLogMember(line)
  }
}

/// The reason of the format that got furthest with a line that none accepts.
func furthestRejection(_ line: [UInt8], zone: Int64) -> ModelRejection {
  let order = ModelRejection.allCases
  var furthest = ModelRejection.oversize
  for format in ModelFormat.all(zone: zone) {
    guard case .rejected(let reason) = format.judge(line),
      order.firstIndex(of: reason)! > order.firstIndex(of: furthest)!
    else { continue }
    furthest = reason
  }
  return furthest
}
