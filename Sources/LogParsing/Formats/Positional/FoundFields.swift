/// Where the fields of a line stand.
///
/// Its memory is that of a function that uses it, so that it is neither allocated nor copied for a line.
struct FoundFields: ~Copyable {
  /// For each role, the index of the first byte, and above it the number of bytes; negative if the line
  /// does not have the field. One word, because the processor waits if two that were just written are
  /// read as one.
  private let places: UnsafeMutablePointer<Int64>
  private let others: UnsafeMutablePointer<Others>

  private struct Others {
    var time = TimeParts()
    var hasNoBackslashes = false
  }

  private init(_ places: UnsafeMutablePointer<Int64>, _ others: UnsafeMutablePointer<Others>) {
    (self.places, self.others) = (places, others)
  }

  /// Calls a function with fields none of which was found.
  @inline(__always)
  static func with<Result>(_ body: (inout FoundFields) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: FieldRole.count) { places in
      var others = Others()
      return withUnsafeMutablePointer(to: &others) { others in
        // Not empty: there are roles.
        var found = FoundFields(places.baseAddress!, others)
        found.removeAll()
        return body(&found)
      }
    }
  }

  /// What the fields with a pattern say of the time.
  var time: TimeParts {
    get { others.pointee.time }
    nonmutating _modify { yield &others.pointee.time }
  }

  /// Whether fields in quotes are known to hold no backslashes.
  var hasNoBackslashes: Bool {
    get { others.pointee.hasNoBackslashes }
    nonmutating set { others.pointee.hasNoBackslashes = newValue }
  }

  /// Forgets all fields.
  mutating func removeAll() {
    places.initialize(repeating: -1, count: FieldRole.count)
    others.pointee = Others()
  }

  /// Remembers a field.
  @inline(__always)
  mutating func set(_ role: FieldRole, _ range: Range<Int>) {
    set(role, range.lowerBound, range.upperBound)
  }

  /// Remembers a field between two indices.
  @inline(__always)
  mutating func set(_ role: FieldRole, _ start: Int, _ end: Int) {
    places[role.rawValue] = Int64(end &- start) &<< 32 | Int64(start)
  }

  @inline(__always)
  func has(_ role: FieldRole) -> Bool { places[role.rawValue] >= 0 }

  /// The text of a field; empty if the line does not have it.
  @inline(__always)
  func text(_ role: FieldRole, in line: TextRange) -> TextRange {
    let place = places[role.rawValue]
    guard place >= 0 else { return TextRange(start: line.start, count: 0) }
    return TextRange(start: line.start + Int(place & 0xFFFF_FFFF), count: Int(place &>> 32))
  }
}
