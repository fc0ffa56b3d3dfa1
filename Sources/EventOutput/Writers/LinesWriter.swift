import AccessLog
import SafeText
import TrafficAnalysis

/// Writes the lines of hits as they stand in the log.
package struct LinesWriter: Action {
  private let sink: any ByteSink
  /// How they are made safe for a terminal; `nil` to write their bytes as they are.
  private let encoding: TextEncoding?

  /// - Parameter encoding: the characters that the terminal shows; `nil` if it is none.
  package init(sink: any ByteSink, encoding: TextEncoding?) {
    self.sink = sink
    self.encoding = encoding
  }

  package mutating func handle(_ event: MonitorEvent) throws(OutputFailure) {
    switch event {
    case .lines(let lines): try write(lines)
    case .end: try sink.flush()
    default: break
    }
  }

  private func write(_ lines: [UInt8]) throws(OutputFailure) {
    guard let encoding else { return try sink.write(lines) }
    var text: [UInt8] = []
    for line in lines.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .dropLast()
    {
      text += SafeString(Array(line), as: encoding).text.utf8
      text.append(UInt8(ascii: "\n"))
    }
    try sink.write(text)
  }
}
