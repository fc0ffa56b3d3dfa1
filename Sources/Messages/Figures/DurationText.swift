/// A length of time as people say it: `45s`, `1m 27s`, `2h 5s`; parts that are zero are left out.
package struct DurationText {
  package var seconds: Int64

  package init(seconds: Int64) {
    self.seconds = seconds
  }

  package var text: String {
    let length = seconds.magnitude
    let parts: [(UInt64, String)] = [
      (length / 86_400, "d"), (length / 3600 % 24, "h"), (length / 60 % 60, "m"),
      (length % 60, "s"),
    ]
    let words = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }
    return words.isEmpty ? "0s" : words.joined(separator: " ")
  }
}
