/// The colours and attributes of a cell of a terminal (ECMA-48, section 8.3.117; ISO 8613-6).
package struct TerminalStyle: Equatable, CustomStringConvertible {
  /// A colour as it was selected: an index of the palette, or its red, green and blue parts.
  package enum Color: Equatable, CustomStringConvertible {
    case index(Int)
    case rgb(Int, Int, Int)

    package var description: String {
      switch self {
      case .index(let index): "\(index)"
      case .rgb(let red, let green, let blue): "\(red),\(green),\(blue)"
      }
    }
  }

  /// The colour of the character; nil for the terminal's own one.
  package private(set) var foreground: Color?
  /// The colour of the background; nil for the terminal's own one.
  package private(set) var background: Color?
  /// The attributes by their numbers: 1 bold, 2 faint, 4 underlined, 7 reversed.
  package var attributes: Set<Int> { Set((1...7).filter { bits & 1 << $0 != 0 }) }
  private var bits = 0

  /// The terminal's own colours and no attributes.
  package init() {}

  /// The style of a cell that was erased while this style was selected.
  package var erased: TerminalStyle {
    var style = TerminalStyle()
    style.background = background
    return style
  }

  package var description: String {
    "\(foreground?.description ?? "-") on \(background?.description ?? "-") "
      + "\(attributes.sorted())"
  }

  /// Applies the parameters of `CSI ... m`.
  mutating func apply(_ parameters: Substring) {
    // The form with colons may have an empty field for the colour space.
    let text = parameters.replacing("2::", with: "2;").replacing(":", with: ";")
    var numbers = text.split(separator: ";", omittingEmptySubsequences: false).map {
      Int($0) ?? 0
    }[...]
    while let number = numbers.popFirst() {
      switch number {
      case 0: self = TerminalStyle()
      case 1, 2, 4, 7: bits |= 1 << number
      case 22: bits &= ~(1 << 1 | 1 << 2)
      case 24, 27: bits &= ~(1 << (number - 20))
      case 30...37: foreground = .index(number - 30)
      case 38: foreground = Self.color(&numbers)
      case 39: foreground = nil
      case 40...47: background = .index(number - 40)
      case 48: background = Self.color(&numbers)
      case 49: background = nil
      case 90...97: foreground = .index(number - 82)
      case 100...107: background = .index(number - 92)
      default: break
      }
    }
  }

  private static func color(_ numbers: inout ArraySlice<Int>) -> Color? {
    let fields = Array(numbers.prefix(4))
    switch fields.first {
    case 5 where fields.count >= 2:
      numbers = numbers.dropFirst(2)
      return .index(fields[1])
    case 2 where fields.count == 4:
      numbers = numbers.dropFirst(4)
      return .rgb(fields[1], fields[2], fields[3])
    default: return nil
    }
  }
}
