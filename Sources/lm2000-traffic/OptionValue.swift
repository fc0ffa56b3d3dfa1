/// The value of an option as text, and its conversions. A conversion throws `badValue` if the text is
/// not valid.
struct OptionValue {
  var option: String
  var text: String

  /// A whole number within a range.
  func number(in range: ClosedRange<Int64>) throws(TrafficFailure) -> Int64 {
    guard let number = Int64(text), range.contains(number) else {
      throw bad("a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// One line in so many; 0 for none.
  func interval() throws(TrafficFailure) -> Int {
    Int(try number(in: 0...1_000_000_000))
  }

  /// A rate in hits a second.
  func rate() throws(TrafficFailure) -> Double {
    guard let number = Double(text), number > 0, number <= 1e7 else {
      throw bad("a number above 0, at most 10000000")
    }
    return number
  }

  /// One of several choices by its name.
  func named<Choice: RawRepresentable<String>>(
    _ choices: [Choice]
  ) throws(TrafficFailure) -> Choice {
    if let choice = Choice(rawValue: text) { return choice }
    throw bad("one of \(choices.map(\.rawValue).joined(separator: ", "))")
  }

  /// One or more choices by their names, separated by commas.
  func list<Choice: RawRepresentable<String>>(
    of choices: [Choice]
  ) throws(TrafficFailure) -> [Choice] {
    var list: [Choice] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      list.append(try OptionValue(option: option, text: String(name)).named(choices))
    }
    return list
  }

  private func bad(_ expected: String) -> TrafficFailure {
    .badValue(option: option, value: text, expected: expected)
  }
}
