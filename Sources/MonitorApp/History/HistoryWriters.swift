import AccessLog
import EventOutput
import Glibc
import History
import TrafficAnalysis

/// How the entries of a history are written.
enum HistoryWriters {
  typealias Writer = (HistoryReader.Entry) throws(OutputFailure) -> Void

  static func writer(_ options: Options, _ sink: any ByteSink) -> Writer {
    let isTerminal = ProcessEnvironment.isTerminal(STDOUT_FILENO)
    if options.output == .ndjson { return ndjson(sink, asciiOnly: isTerminal) }
    let isASCII = options.ascii || ProcessEnvironment.glyphs.encoding == .ascii
    let isLocal = options.shownTimes == .local
    return text(
      sink, TextStyle(asciiOnly: isASCII) { isLocal ? LocalZone.offset($0) : 0 })
  }

  private static func ndjson(_ sink: any ByteSink, asciiOnly: Bool) -> Writer {
    var alerts = NDJSONWriter(sink: sink, asciiOnly: asciiOnly)
    let json = JSONText(asciiOnly: asciiOnly)
    return { (entry) throws(OutputFailure) in
      switch entry {
      case .alert(let transition): try alerts.handle(.alert(transition))
      case .minute(let minute):
        minute.write(to: json)
        try sink.write(json.bytes)
      }
    }
  }

  private static func text(_ sink: any ByteSink, _ style: TextStyle) -> Writer {
    var lines = TextWriter(sink: sink, style: style)
    return { (entry) throws(OutputFailure) in
      switch entry {
      case .alert(let transition): try lines.handle(.alert(transition))
      case .minute(let minute): try lines.handle(.interval(minute.report))
      }
    }
  }
}
