import AccessLog
import LogInput

/// The bytes of a connection of a syslog sender, after one that says how long reads are.
struct SyslogBytes {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Checks that messages do not depend on the sizes of the reads, and that each is a line.
  func run() {
    guard let first = bytes.first else { return }
    let sent = Array(bytes.dropFirst())
    let whole = framed(sent, by: max(1, sent.count))
    require(whole == framed(sent, by: Int(first) + 1), "read sizes change nothing")
    require(whole.text.count { $0 == 10 } == whole.count, "each message is a line")
    require(whole.text.isEmpty || whole.text.last == 10, "all lines are complete")
    sink = whole.count
  }

  private struct Messages: Equatable {
    var text: [UInt8] = []
    var count = 0
    var fault: FramingFault?
  }

  private func framed(_ sent: [UInt8], by size: Int) -> Messages {
    var result = Messages()
    var framer = SyslogFramer()
    var messages = MessageBuffer()
    do {
      for start in stride(from: 0, to: sent.count, by: size) {
        let piece = Array(sent[start..<min(sent.count, start + size)])
        try piece.withUnsafeBytes { try framer.add($0, to: &messages) }
      }
      try framer.finish(to: &messages)
    } catch {
      result.fault = error as? FramingFault
    }
    result.count = messages.messages
    result.text = [UInt8](repeating: 0, count: messages.count)
    let read = result.text.withUnsafeMutableBytes { messages.read(into: $0) }
    require(read == result.text.count, "everything is read")
    return result
  }
}
