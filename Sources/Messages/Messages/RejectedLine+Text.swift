import AccessLog
import SafeText

extension RejectedLine {
  /// Columns of a line that are shown within a sentence.
  private static let excerptColumns = 60

  /// `rejected, time: unreadable, or there is no such time: 203.0.113.7 - - [32/Mar/...`
  package var text: SafeString {
    var parts = ["rejected, \(reason)"]
    if let time { parts.append(time.iso8601) }
    if !excerpt.isEmpty { parts.append(SafeString(excerpt).text) }
    return SafeString(parts.joined(separator: ": "))
  }

  /// `line 12 is rejected, shape: its client cannot be read: nginx-1  | 203.0.113.7 ...`, after
  /// `comes closest to` a format where none is known.
  func sentence(isFormatKnown: Bool) -> String {
    var text = "line \(number) "
    if let format, !isFormatKnown { text += "comes closest to \(format) but " }
    text += "is rejected, \(detail)"
    let start = SafeString(excerpt)
    if !start.isEmpty { text += ": " + start.prefix(Self.excerptColumns).text }
    return start.width > Self.excerptColumns ? text + "..." : text
  }

  private var reason: String { "\(rejection.field): \(rejection.explanation)" }

  /// The reason, with the field that is to blame where the reason names none.
  private var detail: String {
    guard rejection == .shape, let field else { return reason }
    return "shape: its \(field.rawValue) cannot be read"
  }
}

extension Rejection {
  /// The part of the line that is wrong.
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
    case .time: "unreadable, or there is no such time"
    case .status: "neither three digits nor -"
    case .bytes: "not a number from 0 to 9223372036854775807"
    case .future: "too far in the future"
    }
  }
}

extension RejectionCounts {
  /// `0 rejected`, `150 rejected (future)`, `12 rejected (8 shape, 4 time)`
  ///
  /// - Parameter number: writes a number.
  package func text(_ number: (Int) -> String = { String($0) }) -> String {
    let reasons = Rejection.allCases.filter { self[$0] > 0 }
    let names =
      reasons.count == 1
      ? reasons.map(\.name) : reasons.map { "\(number(self[$0])) \($0.name)" }
    let list = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    return "\(number(total)) rejected\(list)"
  }
}
