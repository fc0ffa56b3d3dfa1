extension FieldLayout {
  /// Compiles a layout that is written as in the configuration of nginx: `$name` is a field, all else
  /// stands in every line.
  ///
  /// - Parameters:
  ///   - required: the beginning that every line has.
  ///   - optional: what may follow, as far as a line has it.
  convenience init(
    _ required: String, optional: String = "", _ traits: Traits = [], noStatus: String = ""
  ) {
    let parts = BuiltInField.parts(of: required)
    let fields = parts.count {
      if case .field = $0 { true } else { false }
    }
    self.init(
      parts + BuiltInField.parts(of: optional), required: fields, traits, noStatus: noStatus)
  }
}

/// The fields that layouts of known formats are made of. Any other name is read over.
private enum BuiltInField {
  private static let named: [String: LayoutField] = [
    "time": LayoutField(.time), "client": LayoutField(.client),
    "plain_client": LayoutField(.client, .unwrapped), "word": LayoutField(.other, .unwrapped),
    "address": LayoutField(.client, .address), "status": LayoutField(.status),
    "bytes": LayoutField(.bytes), "request": LayoutField(.request),
    "method": LayoutField(.method), "target": LayoutField(.target), "host": LayoutField(.host),
    "user": LayoutField(.user), "referrer": LayoutField(.referrer), "agent": LayoutField(.agent),
    "seconds": latency(.seconds), "milliseconds": latency(.milliseconds),
    "quoted_request": quoted(.request), "quoted_referrer": quoted(.referrer),
    "quoted_agent": quoted(.agent),
    "number": LayoutField(.other, .number), "capitals": LayoutField(.other, .capitals),
    "lowercase": LayoutField(.other, .lowercase), "operation": LayoutField(.other, .operation),
    "braces": LayoutField(.other, .braces), "statuses": list,
  ]

  private static func latency(_ unit: LatencyText.Unit) -> LayoutField {
    var field = LayoutField(.latency, .number)
    field.unit = unit
    return field
  }

  private static func quoted(_ role: FieldRole) -> LayoutField {
    var field = LayoutField(role)
    field.quotes = .optional
    return field
  }

  private static var list: LayoutField {
    var field = LayoutField(.other)
    field.isList = true
    return field
  }

  static func parts(of layout: String) -> [LayoutPart] {
    var parts: [LayoutPart] = []
    var rest = Array(layout.utf8)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "$") {
        let name = rest.dropFirst().prefix { $0.isLetter || $0 == UInt8(ascii: "_") }
        parts.append(
          .field(named[String(decoding: name, as: UTF8.self)] ?? LayoutField(.other)))
        rest = rest[name.endIndex...]
      } else {
        let text = rest.prefix { $0 != UInt8(ascii: "$") }
        parts.append(.text(Array(text)))
        rest = rest[text.endIndex...]
      }
    }
    return parts
  }
}
