import AccessLog

/// A question about a line, and where to go on with either answer: conditions are compiled to chains of
/// them, so that no line is asked more than decides it.
struct ConditionStep {
  /// What is asked.
  enum Question: UInt8 {
    /// Whether a text is one of several, or matches a glob of several.
    case isText, matchesGlob
    /// Whether the client lies in one of several networks.
    case liesInNetwork
    /// Whether a number lies in one of several ranges.
    case hasBytes, hasLatency
    /// Whether the status, or the kind of agent, is in a set.
    case hasStatus, hasAgentKind
  }

  var question: Question
  /// The text that is asked about.
  var field: FilterField.Index
  /// The values, by their places in the list of their kind; for a set, where it begins.
  var first: Int32
  var count: Int32
  /// The next step, or the answer.
  var whenTrue: Int32
  var whenFalse: Int32
  /// The same for a line that does not have the number.
  var whenMissing: Int32

  /// Not a step but the answer that the condition holds.
  static let holds: Int32 = -1
  /// Not a step but the answer that it does not.
  static let fails: Int32 = -2
}

extension FilterField {
  typealias Index = UInt8

  /// The place of its text among those of a line.
  var index: Index { Index(Self.allCases.firstIndex(of: self) ?? 0) }
}

/// A text to compare with.
struct ConditionText {
  let text: TextRange
  /// Its first eight bytes as a number, zero-padded.
  let head: UInt64

  init(_ text: TextRange) {
    self.text = text
    head = Self.head(of: text)
  }

  /// - Complexity: O(1); reads the padding of a shorter text.
  @inline(__always)
  static func head(of text: TextRange) -> UInt64 {
    let word = UInt64(
      littleEndian: UnsafeRawPointer(text.start).loadUnaligned(as: UInt64.self))
    return text.count >= 8
      ? word : word & ((1 &<< UInt64(truncatingIfNeeded: 8 &* text.count)) &- 1)
  }
}

/// A network, in the form in which addresses are compared with it.
struct NetworkMask {
  private let value: UInt128
  private let mask: UInt128
  private let isVersion4: Bool

  init(_ network: NetworkPrefix) {
    (value, mask) = (network.address.value, network.mask)
    isVersion4 = network.address.isVersion4
  }

  @inline(__always)
  func contains(_ value: UInt128, isVersion4: Bool) -> Bool {
    isVersion4 == self.isVersion4 && value & mask == self.value
  }
}

/// The numbers from one to another, both included; none if the first is greater.
struct NumberRange {
  var low: Int64
  var high: Int64

  @inline(__always)
  func contains(_ number: Int64) -> Bool { number >= low && number <= high }

  static let none = NumberRange(low: 0, high: -1)
}

/// A field whose text is compared.
struct ReadField {
  let field: FilterField
  let index: FilterField.Index

  init(field: FilterField) {
    self.field = field
    index = field.index
  }
}
