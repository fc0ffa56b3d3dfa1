/// The style that the sequences `CSI ... m` have selected. (ECMA-48, SGR)
struct SelectedStyle: Equatable {
  /// An attribute that is on or off.
  enum Attribute: Int, CaseIterable {
    case bold, dim, underlined, reversed

    /// The parameter that turns it on.
    var on: UInt8 {
      switch self {
      case .bold: 1
      case .dim: 2
      case .underlined: 4
      case .reversed: 7
      }
    }

    /// The parameter that turns it off; bold and dim share one.
    var off: UInt8 {
      switch self {
      case .bold, .dim: 22
      case .underlined: 24
      case .reversed: 27
      }
    }
  }

  /// One flag for each attribute.
  private var attributes: [Bool] = Attribute.allCases.map { _ in false }
  /// The parameters of the colours; empty for the terminal's own.
  private var foreground: [UInt8] = []
  private var background: [UInt8] = []

  /// The terminal's own colours, without attributes.
  init() {}

  // MARK: - Reading

  /// Applies the parameters of a sequence.
  ///
  /// - Returns: `false` if one of them is not known; the style is then not changed.
  mutating func apply(_ parameters: ArraySlice<UInt8>) -> Bool {
    var changed = self
    var fields = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)[
      ...]
    while let field = fields.popFirst() {
      let code = String(decoding: field, as: UTF8.self)
      switch code {
      case "38", "48":
        guard let color = Self.color(field, &fields) else { return false }
        if code == "38" { changed.foreground = color } else { changed.background = color }
      default:
        guard changed.apply(Int(code) ?? (code.isEmpty ? 0 : -1), field) else { return false }
      }
    }
    self = changed
    return true
  }

  /// Applies a parameter that stands alone.
  private mutating func apply(_ code: Int, _ field: ArraySlice<UInt8>) -> Bool {
    switch code {
    case 0: self = SelectedStyle()
    case 22: (attributes[0], attributes[1]) = (false, false)
    case 24: attributes[2] = false
    case 27: attributes[3] = false
    case 30...37, 90...97: foreground = Array(field)
    case 39: foreground = []
    case 40...47, 100...107: background = Array(field)
    case 49: background = []
    default:
      guard let attribute = Attribute.allCases.first(where: { Int($0.on) == code }) else {
        return false
      }
      attributes[attribute.rawValue] = true
    }
    return true
  }

  /// The parameters of a colour of the palette (`38;5;N`) or of a direct one (`38;2;R;G;B`).
  private static func color(
    _ first: ArraySlice<UInt8>, _ fields: inout ArraySlice<ArraySlice<UInt8>>
  ) -> [UInt8]? {
    guard let kind = fields.first else { return nil }
    let count = kind.elementsEqual("5".utf8) ? 2 : kind.elementsEqual("2".utf8) ? 4 : 0
    guard count > 0, fields.count >= count else { return nil }
    let color = ([first] + fields.prefix(count)).joined(separator: ";".utf8)
    fields = fields.dropFirst(count)
    return Array(color)
  }

  // MARK: - Writing

  /// The shortest sequence that changes another style into this one; empty if they are equal.
  ///
  /// - Parameter old: the style that is selected; `nil` if it is not known.
  func sequence(from old: SelectedStyle?) -> [UInt8] {
    guard self != old else { return [] }
    let afterReset = Self.join([[]] + parameters(from: SelectedStyle()))
    guard let old else { return afterReset }
    let change = Self.join(parameters(from: old))
    return change.count < afterReset.count ? change : afterReset
  }

  private static func join(_ parameters: [[UInt8]]) -> [UInt8] {
    [0x1B, UInt8(ascii: "[")] + parameters.joined(separator: ";".utf8) + [UInt8(ascii: "m")]
  }

  /// The parameters of what differs from another style.
  private func parameters(from old: SelectedStyle) -> [[UInt8]] {
    var parameters: [[UInt8]] = []
    var turnedOff: Set<UInt8> = []
    for attribute in Attribute.allCases
    where old.attributes[attribute.rawValue] && !attributes[attribute.rawValue] {
      if turnedOff.insert(attribute.off).inserted { parameters.append(Self.number(attribute.off)) }
    }
    for attribute in Attribute.allCases where attributes[attribute.rawValue] {
      if !old.attributes[attribute.rawValue] || turnedOff.contains(attribute.off) {
        parameters.append(Self.number(attribute.on))
      }
    }
    if foreground != old.foreground {
      parameters.append(foreground.isEmpty ? Self.number(39) : foreground)
    }
    if background != old.background {
      parameters.append(background.isEmpty ? Self.number(49) : background)
    }
    return parameters
  }

  private static func number(_ number: UInt8) -> [UInt8] { Array(String(number).utf8) }
}
