/// Formats a duration: `45s`, `1m 27s`, `2h 5s`. Parts that are zero are omitted.
package struct DurationText {
  package var seconds: Int64

  package init(seconds: Int64) {
    self.seconds = seconds
  }

  /// The formatted duration.
  package var text: String {
    let magnitude = seconds.magnitude
    let parts: [(UInt64, String)] = [
      (magnitude / 86_400, "d"), (magnitude / 3600 % 24, "h"), (magnitude / 60 % 60, "m"),
      (magnitude % 60, "s"),
    ]
    let words = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }
    return words.isEmpty ? "0s" : words.joined(separator: " ")
  }
}
