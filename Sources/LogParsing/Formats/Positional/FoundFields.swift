/// Where the fields of a line stand.
///
/// Not copied, because it is large for something that is used for every line.
struct FoundFields: ~Copyable {
  private struct Place {
    /// Negative if the line does not have the field.
    var start: Int32 = -1
    var count: Int32 = 0
  }

  private var places = InlineArray<21, Place>(repeating: Place())
  /// What the fields with a pattern say of the time.
  var time = TimeParts()
  /// Whether fields in quotes are known to hold no backslashes.
  var hasNoBackslashes = false

  init() {
    assert(FieldRole.count <= places.count)
  }

  /// Remembers a field.
  @inline(__always)
  mutating func set(_ role: FieldRole, _ range: Range<Int>) {
    set(role, range.lowerBound, range.upperBound)
  }

  /// Remembers a field between two indices.
  @inline(__always)
  mutating func set(_ role: FieldRole, _ start: Int, _ end: Int) {
    places[role.rawValue] = Place(
      start: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: end &- start))
  }

  @inline(__always)
  func has(_ role: FieldRole) -> Bool { places[role.rawValue].start >= 0 }

  /// The text of a field; empty if the line does not have it.
  @inline(__always)
  func text(_ role: FieldRole, in line: TextRange) -> TextRange {
    let place = places[role.rawValue]
    guard place.start >= 0 else { return TextRange(start: line.start, count: 0) }
    return TextRange(start: line.start + Int(place.start), count: Int(place.count))
  }
}
