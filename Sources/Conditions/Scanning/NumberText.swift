import AccessLog

/// A unit of a number, as the power of ten that it stands for.
struct NumberUnit {
  var name: String
  var places: Int

  /// Powers of 1,000.
  static let metric = [
    NumberUnit(name: "k", places: 3), NumberUnit(name: "M", places: 6),
    NumberUnit(name: "G", places: 9),
  ]
  /// Parts of a second.
  static let time = [NumberUnit(name: "ms", places: -3), NumberUnit(name: "s", places: 0)]
  static let percent = [NumberUnit(name: "%", places: 0)]
}

extension ScannedWord {
  /// The word as a decimal that is not below 0, perhaps with a unit directly behind it.
  ///
  /// - Parameter noun: what it is, for messages.
  func number(_ noun: String, _ units: [NumberUnit]) throws(GrammarError) -> Threshold {
    var end = 0
    var hasPoint = false
    while end < bytes.count {
      if bytes[end] == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else if !(0x30...0x39).contains(bytes[end]) {
        break
      }
      end += 1
    }
    let digits = String(decoding: bytes[..<end], as: UTF8.self)
    let unit = String(decoding: bytes[end...], as: UTF8.self)
    guard let number = Threshold(digits, allowsZero: true) else {
      throw GrammarError("expected \(noun), not '\(shown)'", at: offset)
    }
    if unit.isEmpty { return number }
    guard let places = units.first(where: { $0.name == unit })?.places else {
      let names = units.map { $0.name }.joined(separator: ", ")
      let hint = units.isEmpty ? "no unit may follow" : "it may be followed by \(names)"
      throw GrammarError("expected \(noun); \(hint)", at: place(of: end))
    }
    return Threshold(digits, allowsZero: true, movedBy: places) ?? number
  }

  /// The word as a whole number that is not below 0.
  ///
  /// - Parameters:
  ///   - factors: what units stand for.
  func whole(
    _ noun: String, _ factors: KeyValuePairs<String, Int64> = [:]
  ) throws(GrammarError) -> Int64 {
    let digits = bytes.prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty else {
      throw GrammarError("expected \(noun), not '\(shown)'", at: offset)
    }
    let unit = String(decoding: bytes[digits.count...], as: UTF8.self)
    guard let factor = unit.isEmpty ? 1 : factors.first(where: { $0.key == unit })?.value else {
      throw GrammarError("expected \(noun)", at: place(of: digits.count))
    }
    guard let number = Int64(String(decoding: digits, as: UTF8.self)) else {
      throw GrammarError("this number is too large", at: offset)
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    if overflow { throw GrammarError("this number is too large", at: offset) }
    return product
  }

  /// The place of a byte of it in the text.
  func place(of index: Int) -> Int {
    // Escapes before it are rare, and the place is near none the less.
    offset + index + (isQuoted ? 1 : 0)
  }
}
