import Synchronization

/// How the lines of a format are laid out: fields, and the texts between them.
///
/// A field ends where the text that follows it begins. A space in a text stands for one or more.
/// Compiled once, then read for every line. Nothing changes after that, so threads can share it.
final class FieldLayout: @unchecked Sendable {
  /// A field, and the text that follows it. It is copied for every line, so it refers to nothing.
  struct Step: Sendable {
    var role: FieldRole
    var check: FieldCheck
    var end: FieldEnd
    /// Where the text begins and ends that follows the field, within `texts`.
    var bounds: (Int, Int)
    /// See `LayoutField`.
    var unit: LatencyText.Unit
    var isList: Bool
    var mayBeMissing: Bool
    /// The index of the form of a time in `patterns`.
    var pattern: Int

    /// The text that follows the field, within `texts`; empty at the end of a line.
    var text: Range<Int> { bounds.0..<bounds.1 }
  }

  /// A field that gives the time to answer, or a part of it. See `LayoutField`.
  struct Latency: Sendable {
    var role: FieldRole
    var unit: LatencyText.Unit
    var isList: Bool
  }

  /// What the format does in its own way.
  struct Traits: OptionSet, Sendable {
    let rawValue: Int
    /// The client always has a port, even an address of version 6 without brackets.
    static let clientHasPort = Traits(rawValue: 1)
    /// A `+` may stand before the size and the time to answer.
    static let plusSigns = Traits(rawValue: 2)
    /// Bytes of a request are escaped as `#22` rather than with backslashes.
    static let hashEscapes = Traits(rawValue: 4)
    /// The request is an absolute URL, or the target of a CONNECT, that names the virtual host.
    static let hostInURL = Traits(rawValue: 8)
    /// The time to answer is the sum of several fields.
    static let sumsLatency = Traits(rawValue: 16)
  }

  /// The text before the first field, within `texts`.
  let opening: Range<Int>
  let steps: UnsafeBufferPointer<Step>
  /// The texts between the fields, one after the other.
  let texts: UnsafeBufferPointer<UInt8>
  /// The number of fields that every line has. What follows them never rejects a line.
  let required: Int
  let traits: Traits
  /// What the format writes for a missing status, besides `-`.
  let noStatus: [UInt8]
  /// The fields that give the time to answer.
  let latencies: UnsafeBufferPointer<Latency>
  /// The microseconds of a unit of the only time to answer; 0 if a unit is shorter, or if there are
  /// several times.
  let microseconds: Int64
  /// How many units of an epoch time make a second; 0 if the time is a text.
  let epochUnits: Int64
  /// The forms of times, or of parts of them.
  let patterns: [TimePattern]
  /// Whether parts of the time are read by patterns.
  let hasPatterns: Bool
  /// Whether lines have a time to answer.
  let hasLatency: Bool
  /// The roles of fields in quotes, which may hold escapes, as bits.
  private let quoted: UInt32
  /// How usual lines are read, by the fields that are wanted: compiled once for all parsers.
  private let usual = Mutex<[ExtraFields.RawValue: UsualSteps?]>([:])
  /// What the steps, the texts and the times to answer are in.
  private let memory = ConstantMemory()

  /// Compiles a layout.
  ///
  /// - Parameters:
  ///   - parts: what stands in a line, in order.
  ///   - required: the number of fields that every line has; `nil` to require everything up to the
  ///     last of client, time, request, status and size.
  init(
    _ parts: [LayoutPart], required: Int? = nil, _ traits: Traits = [], noStatus: String = ""
  ) {
    let compiled = LayoutCompiler(parts, traits)
    let steps = compiled.steps
    opening = compiled.opening
    self.steps = memory.copy(steps)
    texts = memory.copy(compiled.texts)
    let last = steps.lastIndex { Self.isEssential($0.role) } ?? 0
    self.required = min(required ?? last + 1, steps.count)
    self.traits = traits
    self.noStatus = Array(noStatus.utf8)
    let roles: [FieldRole] = [.latency, .secondLatency, .thirdLatency]
    latencies = memory.copy(
      steps.filter { roles.contains($0.role) }
        .map { Latency(role: $0.role, unit: $0.unit, isList: $0.isList) })
    microseconds =
      latencies.count == 1 ? DecimalText.powerOfTen(latencies[0].unit.rawValue) ?? 0 : 0
    (epochUnits, patterns) = (compiled.epochUnits, compiled.patterns)
    (hasPatterns, hasLatency) = (!patterns.isEmpty, !latencies.isEmpty)
    quoted = steps.reduce(0) { $1.end.isQuoted ? $0 | 1 << UInt32($1.role.rawValue) : $0 }
  }

  private static func isEssential(_ role: FieldRole) -> Bool {
    switch role {
    case .time, .date, .timeOfDay, .client, .request, .method, .target, .status, .bytes: true
    default: false
    }
  }

  /// How usual lines are read; `nil` if a field has no usual form.
  func usualSteps(_ wanted: ExtraFields) -> UsualSteps? {
    usual.withLock { usual in
      if let steps = usual[wanted.rawValue] { return steps }
      let steps = UsualSteps(self, wanted)
      usual[wanted.rawValue] = .some(steps)
      return steps
    }
  }

  /// Whether lines begin with their time, perhaps in brackets.
  var beginsWithTime: Bool {
    guard let first = steps.first else { return false }
    return first.end == .pattern || first.role == .time || first.role == .date
  }

  /// Whether a field stands in quotes.
  func isQuoted(_ role: FieldRole) -> Bool { quoted & 1 << UInt32(role.rawValue) != 0 }
}

/// Where a field ends.
enum FieldEnd: Sendable {
  /// At a space.
  case word
  /// Where its number ends.
  case number
  /// At a space, but not behind a comma.
  case list
  /// At a space, but not before what continues a time.
  case timeWords
  /// Where the text that follows stands.
  case text
  /// At the first quote without an escape that begins the text that follows.
  case quote
  /// By the rule of `RequestEnd`.
  case request
  /// Before a space and a status.
  case status
  /// Before the brackets around the time, in which no other brackets stand.
  case brackets
  /// Where its quotes end, if it has any; else at a space.
  case optionalQuotes
  /// At a slash, which is the first byte of the next field.
  case slash
  /// Where its pattern ends.
  case pattern
  /// With the line.
  case line
  /// It has no bytes.
  case none

  var isQuoted: Bool {
    switch self {
    case .quote, .request, .optionalQuotes: true
    default: false
    }
  }
}
