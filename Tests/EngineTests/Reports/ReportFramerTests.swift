import AccessLog
import Testing

@testable import Engine

@Suite struct ReportFramerTests {
  /// The lines of bytes that come in parts of a length; `nil` for one that is too long.
  private func lines(_ text: [UInt8], parts length: Int) -> [String?] {
    var framer = ReportFramer()
    var lines: [String?] = []
    for start in stride(from: 0, to: text.count, by: length) {
      let end = min(text.count, start + length)
      text[start..<end].withUnsafeBufferPointer { part in
        framer.add(part, isLast: end == text.count) { line in
          lines.append(line.map { String(decoding: $0, as: UTF8.self) })
        }
      }
    }
    return lines
  }

  @Test(arguments: [1, 2, 3, 5, 100])
  func linesAreTheSameHoweverTheBytesCome(length: Int) {
    #expect(
      lines(Array("{\"a\":1}\r\n\n  \n{\"b\":2}\n{\"c\":3}".utf8), parts: length)
        == ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"])
  }

  @Test func aLineThatIsTooLongIsSkipped() {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: SentReport.messageLimit + 1)
    let text = Array("a\n".utf8) + long + long + Array("\nb\n".utf8)
    #expect(lines(text, parts: 1 << 18) == ["a", nil, "b"])
  }
}
