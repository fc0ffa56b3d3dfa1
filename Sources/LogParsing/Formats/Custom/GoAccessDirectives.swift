/// The specifiers of `log-format` (GoAccess). Dates and times are read in any form that a known
/// format writes, as there is nothing that would give their forms.
enum GoAccessDirectives {
  /// The parts of a line that a specifier stands for; `nil` if there is no such specifier.
  static func parts(_ directive: PercentFormatString.Directive) -> [LayoutPart]? {
    guard directive.argument == nil else { return nil }
    // `%~` moves to the next byte that is not a space.
    if directive.name == "~" { return [.text([.space])] }
    return fields[directive.name].map { [.field($0)] }
  }

  private static let fields: [String: LayoutField] = [
    "x": LayoutField(.time), "d": LayoutField(.date), "t": LayoutField(.timeOfDay),
    "v": LayoutField(.host), "e": LayoutField(.user), "h": LayoutField(.client),
    "r": LayoutField(.request), "m": LayoutField(.method), "U": LayoutField(.target),
    "q": LayoutField(.query), "s": LayoutField(.status), "b": LayoutField(.bytes),
    "R": LayoutField(.referrer), "u": LayoutField(.agent),
    "D": latency(.microseconds), "L": latency(.milliseconds), "T": latency(.seconds),
    "n": latency(.nanoseconds),
    "^": LayoutField(.other), "H": LayoutField(.other), "C": LayoutField(.other),
    "M": LayoutField(.other), "K": LayoutField(.other), "k": LayoutField(.other),
  ]

  private static func latency(_ unit: LatencyText.Unit) -> LayoutField {
    var field = LayoutField(.latency)
    field.unit = unit
    return field
  }
}
