/// Whether the program's output is that of the model: percentiles within 1 %, which the program rounds
/// to three significant digits, and everything else to the letter.
package func agrees(
  _ product: String, with model: String, comparingReasons: Bool = true
) -> Bool {
  if product == model { return true }
  var (product, model) = (product, model)
  // Why a line is rejected depends on the format. Without one it is the reason of the format that comes
  // closest, which is nowhere defined.
  if !comparingReasons || model.contains(#""format":null"#) {
    (product, model) = (withoutReasons(product), withoutReasons(model))
  }
  let (actual, expected) = (withoutPercentiles(product), withoutPercentiles(model))
  return actual.text == expected.text && actual.values.count == expected.values.count
    && zip(actual.values, expected.values).allSatisfy(isClose)
}

package func agree(
  _ product: [String], with model: [String], comparingReasons: Bool = true
) -> Bool {
  product.count == model.count
    && zip(product, model).allSatisfy {
      agrees($0, with: $1, comparingReasons: comparingReasons)
    }
}

/// Rounding to three digits changes a value by at most half a unit of the last one, so by at most half a
/// percent.
private func isClose(_ actual: Substring, _ expected: Substring) -> Bool {
  guard let actual = Double(actual), let expected = Double(expected) else { return false }
  return abs(actual - expected) <= 0.01506 * expected
}

/// The text with the number of rejected lines, but not by reason.
private func withoutReasons(_ json: String) -> String {
  json.replacing(/("rejected":\{"total":[0-9]+)[^}]*/) { String($0.output.1) }
}

/// The text with the values of percentiles taken out, and the values, which rules of them have, too.
private func withoutPercentiles(_ json: String) -> (text: String, values: [Substring]) {
  var text = ""
  var values: [Substring] = []
  for line in json.split(separator: "\n", omittingEmptySubsequences: false) {
    var rest = line
    // No name of a log holds such a key, as its quotes would be escaped.
    let key = isLatencyAlert(line) ? #/"value":|: p[0-9][0-9][ ]/# : /"p(?:50|95|99)":/
    while let match = rest.firstMatch(of: key) {
      text += rest[..<match.range.upperBound]
      rest = rest[match.range.upperBound...]
      let value = rest.prefix { $0.isNumber || $0 == "." }
      values.append(value)
      rest = rest[value.endIndex...]
    }
    text += rest + "\n"
  }
  return (text, values)
}

/// Whether the line is an alert of a rule for a percentile.
private func isLatencyAlert(_ line: Substring) -> Bool {
  line.hasPrefix(#"{"event":"alert""#)
    && line.contains(#/: p[0-9][0-9] [0-9.]+(?: [<>] [0-9.]+, triggered|, recovered) at/#)
}
