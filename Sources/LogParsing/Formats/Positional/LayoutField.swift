/// A field of a layout.
struct LayoutField: Sendable {
  /// How a field is enclosed in quotes.
  enum Quotes: Sendable {
    /// The texts around the field say it.
    case asWritten
    /// The field has quotes or is `-`.
    case optional
  }

  var role: FieldRole
  var check = FieldCheck.none
  var quotes = Quotes.asWritten
  /// Of several fields of a role, the one with the lowest rank counts, and of those the first.
  var rank = 0
  /// The unit of a time to answer.
  var unit = LatencyText.Unit.seconds
  /// Whether it is a list of values with `, ` or ` : ` between them.
  var isList = false
  /// Whether nothing at all may stand in its place.
  var mayBeMissing = false
  /// How many units of an epoch time make a second; 0 if the time is a text.
  var epochUnits: Int64 = 0
  /// The form of a time, if it is not one that `FieldTimestamp` reads.
  var pattern: TimePattern?
  /// What stands for the field in a format string, and its position there, in characters from 1.
  var spelling = ""
  var place = 0

  init(_ role: FieldRole, _ check: FieldCheck = .none) {
    self.role = role
    self.check = check
  }
}

/// A piece of a layout.
enum LayoutPart: Sendable {
  /// Bytes that stand in every line. A space stands for one or more.
  case text([UInt8])
  case field(LayoutField)
}
