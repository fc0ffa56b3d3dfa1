import AccessLog
import SafeText

/// How text output formats times and encodes names.
package struct TextStyle: Sendable {
  /// The offset from UTC of displayed times, in seconds east, at an instant.
  package var offset: @Sendable (EpochSecond) -> Int
  /// Whether no byte above 0x7E is written.
  package var asciiOnly: Bool

  package init(asciiOnly: Bool = false, offset: @escaping @Sendable (EpochSecond) -> Int) {
    self.offset = offset
    self.asciiOnly = asciiOnly
  }

  /// Formats a time: `2019-02-07 21:12:20`.
  package func time(_ second: EpochSecond) -> String {
    var bytes: [UInt8] = []
    appendTime(second, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func appendTime(_ second: EpochSecond, to bytes: inout [UInt8]) {
    let time = civil(second)
    time.appendDate(to: &bytes)
    bytes.append(UInt8(ascii: " "))
    time.appendTime(to: &bytes)
  }

  /// Appends `2019-02-07 21:10:59 to 21:19:00`, with the second date only if it differs.
  func appendRange(from: EpochSecond, to: EpochSecond, bytes: inout [UInt8]) {
    let (start, end) = (civil(from), civil(to))
    appendTime(from, to: &bytes)
    bytes += " to ".utf8
    if (start.year, start.month, start.day) == (end.year, end.month, end.day) {
      end.appendTime(to: &bytes)
    } else {
      appendTime(to, to: &bytes)
    }
  }

  var encoding: TextEncoding { asciiOnly ? .ascii : .unicode }

  private func civil(_ second: EpochSecond) -> CivilTime {
    CivilTime(second, offset: offset(second))
  }
}
