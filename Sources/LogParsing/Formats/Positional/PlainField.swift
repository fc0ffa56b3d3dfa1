/// A field of usual lines that is read without looking at anything else, as most are: a number, or a word
/// before a space.
struct PlainField: Sendable {
  /// The text that follows the field. It is short.
  private let text: UInt64
  private let mask: UInt64
  /// How many bytes the text has.
  private let length: UInt8
  private let endsInSpace: Bool
  private let isNumber: Bool
  /// Whether the field is expected to be digits, as numbers are.
  private let isDigits: Bool
  /// Whether the word must be one that no wrapper has. See `FieldCheck.unwrapped`.
  private let isUnwrapped: Bool
  private let role: FieldRole
  /// Whether a search for the end of the field before it, if it is plain, does not find that of this
  /// one.
  private var isSearched = true

  /// - Parameter number: the index of a step.
  /// - Returns: `nil` if the field is not plain.
  init?(_ layout: FieldLayout, _ number: Int) {
    let step = layout.steps[number]
    let text = layout.texts[step.text]
    // Targets are longer than what is searched at once.
    guard let first = text.first, text.count <= 8, !text.contains(.newline), !step.mayBeMissing,
      step.role != .target
    else { return nil }
    switch (step.end, step.check) {
    case (.number, _): isNumber = true
    case (.word, .none), (.word, .unwrapped):
      guard first == .space else { return nil }
      isNumber = false
    default: return nil
    }
    self.text = text.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    mask = UInt64.max >> UInt64(64 - 8 * text.count)
    length = UInt8(text.count)
    endsInSpace = Array(text).last == .space
    isUnwrapped = step.check == .unwrapped
    role = step.role
    isDigits = isNumber || role == .status || role == .bytes
  }

  /// The fields, with what one spares the next.
  static func consecutive(_ fields: [PlainField]) -> [PlainField] {
    var linked = fields
    for number in linked.indices.dropFirst() {
      let last = linked[number - 1]
      linked[number].isSearched = last.isDigits != linked[number].isDigits || last.length > 1
    }
    return linked
  }

  // MARK: - Reading

  /// Reads consecutive fields.
  ///
  /// - Parameters:
  ///   - line: ends in a newline, which `LineBytes.padding` bytes follow.
  ///   - index: where the first field begins; moves behind the text of the last one.
  ///   - found: gets the fields.
  /// - Returns: `false` if the line is not a usual one.
  /// - Complexity: O(bytes of the fields).
  // Not within the loop over a layout, which has no registers left.
  @inline(never)
  static func read(
    _ fields: UnsafeBufferPointer<PlainField>, in line: UnsafePointer<UInt8>,
    from index: inout Int, _ found: inout FoundFields
  ) -> Bool {
    var start = index
    // Bits for the ends of the fields that follow: so an end is known before the field in front of it
    // has been looked at.
    var ends: UInt64 = 0
    // The index of the first of the bits.
    var first = start
    // A pointer, so that no field is copied for a line.
    var field = fields.baseAddress.unsafelyUnwrapped
    let last = field + fields.count
    while field < last {
      if ends == 0 || field.pointee.isSearched {
        first = start
        ends =
          field.pointee.isDigits ? Self.endsOfDigits(line + start) : Self.endsOfWords(line + start)
      }
      var end = first &+ ends.trailingZeroBitCount
      if end > start, ends != 0, field.pointee.isFollowedByText(line, at: end) {
        ends &= ends &- 1
      } else {
        end = Self.unusualEnd(of: field, in: line, from: start)
        guard end >= 0 else { return false }
        ends = 0
      }
      if field.pointee.isUnwrapped {
        let word = TextRange(start: line + start, count: end &- start)
        guard FieldCheck.unwrapped.acceptsUsual(word) else { return false }
      }
      found.set(field.pointee.role, start, end)
      start = end &+ Int(field.pointee.length)
      if line[start] == .space, field.pointee.endsInSpace {
        repeat { start &+= 1 } while line[start] == .space
        ends = 0
      }
      field += 1
    }
    index = start
    return true
  }

  /// Bits for those of the next 32 bytes that are no digits.
  // Not within the loop over the fields, the values of which would be in memory then.
  @inline(never)
  private static func endsOfDigits(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    isNoDigit(bytes.lanes(0)) | isNoDigit(bytes.lanes(16)) &<< 16
  }

  @inline(__always)
  private static func isNoDigit(_ bytes: SIMD16<UInt8>) -> UInt64 {
    let mask: ByteMask = (bytes &- SIMD16(repeating: .zero)) .> SIMD16(repeating: 9)
    return mask.bits
  }

  /// Bits for those of the next 32 bytes that end words, as every byte up to a space does.
  @inline(never)
  private static func endsOfWords(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    isBlank(bytes.lanes(0)) | isBlank(bytes.lanes(16)) &<< 16
  }

  @inline(__always)
  private static func isBlank(_ bytes: SIMD16<UInt8>) -> UInt64 {
    let mask: ByteMask = bytes .<= SIMD16(repeating: .space)
    return mask.bits
  }

  @inline(__always)
  private func isFollowedByText(_ line: UnsafePointer<UInt8>, at end: Int) -> Bool {
    let bytes = UnsafeRawPointer(line).loadUnaligned(fromByteOffset: end, as: UInt64.self)
    return (UInt64(littleEndian: bytes) ^ text) & mask == 0
  }

  /// The end of a field that the bits do not tell; negative if the line is not a usual one.
  @inline(never)
  private static func unusualEnd(
    of field: UnsafePointer<PlainField>, in line: UnsafePointer<UInt8>, from start: Int
  ) -> Int {
    let end =
      field.pointee.isNumber
      ? UsualStep.numberEnd(line, from: start) ?? start
      : start &+ LineSearch.first(.space, in: line + start)
    return end > start && field.pointee.isFollowedByText(line, at: end) ? end : -1
  }
}
