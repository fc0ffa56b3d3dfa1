import AccessLog
import SafeText

extension RejectedLine {
  /// The number of columns of a line that a sentence quotes.
  private static let excerptColumns = 60

  /// The line and why it is rejected: `rejected, time: cannot be read, or does not exist:
  /// 203.0.113.7 - - [32/Mar/...`
  package var text: SafeString {
    var parts = ["rejected, \(detail)"]
    if let time { parts.append(time.iso8601) }
    if !excerpt.isEmpty { parts.append(SafeString(excerpt).text) }
    return SafeString(parts.joined(separator: ": "))
  }

  /// The line and why it is rejected, as a sentence: `line 12 is rejected, shape: its client cannot
  /// be read: nginx-1  | 203.0.113.7 ...`. If no format is known, it names the closest one.
  func sentence(isFormatKnown: Bool) -> String {
    var text = "line \(number) "
    if let format, !isFormatKnown { text += "comes closest to \(format) but " }
    text += "is rejected, \(detail)"
    let start = SafeString(excerpt)
    if !start.isEmpty { text += ": " + start.prefix(Self.excerptColumns).text }
    return start.width > Self.excerptColumns ? text + "..." : text
  }

  private var reason: String { "\(rejection.field): \(rejection.explanation)" }

  /// The reason. For a wrong shape it names the first field that cannot be read.
  private var detail: String {
    guard rejection == .shape, let field else { return reason }
    return "shape: its \(field.rawValue) cannot be read"
  }
}

extension Rejection {
  /// What the reason refers to.
  fileprivate var field: String {
    switch self {
    case .oversize: "line"
    case .future: "time"
    case .shape, .time, .status, .bytes: name
    }
  }

  fileprivate var explanation: String {
    switch self {
    case .oversize: "longer than 65536 bytes"
    case .shape: "does not match the format"
    case .time: "cannot be read, or does not exist"
    case .status: "neither three digits nor -"
    case .bytes: "not a number from 0 to 9223372036854775807"
    case .future: "too far in the future"
    }
  }
}

extension RejectionCounts {
  /// The counts by reason: `0 rejected`, `150 rejected (future)`, `12 rejected (8 shape, 4 time)`.
  ///
  /// - Parameter number: formats a number.
  package func text(_ number: (Int) -> String = { String($0) }) -> String {
    "\(number(total)) rejected" + (total > 0 ? " (\(reasons(number)))" : "")
  }

  /// The counts by reason: `8 shape, 4 time`; a single reason without its count.
  func reasons(_ number: (Int) -> String) -> String {
    let reasons = Rejection.allCases.filter { self[$0] > 0 }
    let names =
      reasons.count == 1
      ? reasons.map(\.name) : reasons.map { "\(number(self[$0])) \($0.name)" }
    return names.joined(separator: ", ")
  }
}
