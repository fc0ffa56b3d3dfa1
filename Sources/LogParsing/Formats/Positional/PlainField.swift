/// A field of usual lines, or several that nobody reads, that are read without looking at anything else,
/// as most are: numbers, and words before a space.
struct PlainField: Sendable {
  /// The text that follows the field; of several fields, the byte behind each. It is short.
  private let text: UInt64
  private let mask: UInt64
  /// How many bytes the text has.
  private let length: UInt8
  /// How many bytes follow the last of several fields; the same for one.
  private let lastLength: UInt8
  private let endsInSpace: Bool
  private let isNumber: Bool
  /// Whether the field is expected to be digits, as numbers are.
  private let isDigits: Bool
  /// Whether the word must be one that no wrapper has. See `FieldCheck.unwrapped`.
  private let isUnwrapped: Bool
  /// Whether it stands for as many fields as the text has bytes.
  private let isSeveral: Bool
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
    lastLength = length
    endsInSpace = Array(text).last == .space
    isUnwrapped = step.check == .unwrapped
    isSeveral = false
    role = step.role
    isDigits = isNumber || role == .status || role == .bytes
  }

  /// Two fields, of which the second follows the first.
  ///
  /// - Returns: `nil` if they cannot be read as one.
  private init?(_ one: PlainField, _ other: PlainField) {
    guard one.isNumber == other.isNumber, one.isSkipped, other.isSkipped, one.length < 8,
      !other.isSeveral
    else { return nil }
    text = one.text | other.text << UInt64(8 * one.length)
    (length, lastLength) = (one.length + 1, 1)
    mask = UInt64.max >> UInt64(64 - 8 * Int(length))
    (isNumber, isDigits) = (one.isNumber, one.isDigits)
    (endsInSpace, isUnwrapped, isSeveral, role) = (other.endsInSpace, false, true, .other)
  }

  /// Whether nobody reads it, and a single byte follows it.
  private var isSkipped: Bool { role == .other && !isUnwrapped && (isSeveral || length == 1) }

  /// The fields, as few as they can be read as.
  static func joined(_ fields: [PlainField]) -> [PlainField] {
    var joined: [PlainField] = []
    for var field in fields {
      if let last = joined.last {
        if let both = PlainField(last, field) {
          joined[joined.count - 1] = both
          joined[joined.count - 1].isSearched = last.isSearched
          continue
        }
        field.isSearched = last.isDigits != field.isDigits || last.lastLength > 1
      }
      joined.append(field)
    }
    return joined
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
      if field.pointee.isSeveral {
        end = field.pointee.endOfSeveral(line, from: start, first, &ends)
      } else if end > start, ends != 0, field.pointee.isFollowedByText(line, at: end) {
        ends &= ends &- 1
      } else {
        end = -1
      }
      if end < 0 {
        end = Self.unusualEnd(of: field, in: line, from: start)
        guard end >= 0 else { return false }
        ends = 0
      }
      if field.pointee.isUnwrapped {
        let word = TextRange(start: line + start, count: end &- start)
        guard FieldCheck.unwrapped.acceptsUsual(word) else { return false }
      }
      found.set(field.pointee.role, start, end)
      start = end &+ Int(field.pointee.lastLength)
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

  /// The end of the last of several fields, none of which is empty; negative if one does not end like
  /// that.
  ///
  /// - Parameters:
  ///   - first: the index of the first bit.
  ///   - ends: bits for the ends of the fields, which are removed.
  @inline(__always)
  private func endOfSeveral(
    _ line: UnsafePointer<UInt8>, from start: Int, _ first: Int, _ ends: inout UInt64
  ) -> Int {
    let all = ends
    var separators = text
    // Not 0 once a separator is another one.
    var errors: UInt8 = 0
    var last = ends
    for _ in 0..<length {
      last = ends
      errors |= line[first &+ ends.trailingZeroBitCount] ^ UInt8(truncatingIfNeeded: separators)
      separators &>>= 8
      ends &= ends &- 1
    }
    // A field is empty where an end begins it: it is the byte behind another end, or the first one.
    let begins = (all ^ ends) &<< 1 | 1 &<< UInt64(truncatingIfNeeded: start &- first)
    guard errors == 0, last != 0, (all ^ ends) & begins == 0 else { return -1 }
    return first &+ last.trailingZeroBitCount
  }

  /// The end of a field, or of the last of several, that a search alone does not tell; negative if the
  /// line is not a usual one.
  @inline(never)
  private static func unusualEnd(
    of field: UnsafePointer<PlainField>, in line: UnsafePointer<UInt8>, from start: Int
  ) -> Int {
    if field.pointee.isSeveral { return field.pointee.unusualEndOfSeveral(line, from: start) }
    let end = field.pointee.endOfOne(line, from: start)
    return end > start && field.pointee.isFollowedByText(line, at: end) ? end : -1
  }

  private func unusualEndOfSeveral(_ line: UnsafePointer<UInt8>, from start: Int) -> Int {
    var separators = text
    var (start, end) = (start, start)
    for _ in 0..<length {
      let separator = UInt8(truncatingIfNeeded: separators)
      end = endOfOne(line, from: start)
      guard end > start, line[end] == separator else { return -1 }
      start = end &+ 1
      while separator == .space, line[start] == .space { start &+= 1 }
      separators &>>= 8
    }
    return end
  }

  /// The end of a number or a word.
  private func endOfOne(_ line: UnsafePointer<UInt8>, from start: Int) -> Int {
    isNumber
      ? UsualStep.numberEnd(line, from: start) ?? start
      : start &+ LineSearch.first(.space, in: line + start)
  }
}
