import AccessLog
import EventOutput

/// Sends the reports of a run to whoever analyzes them.
package protocol SecondPublisher {
  /// Sends what came in a turn.
  ///
  /// - Parameter checkpoints: the places up to which the logs are reported with it, by absolute path, in
  ///   their stored form; `nil` if they are not known.
  /// - Throws: `OutputFailure` where the output cannot be written.
  func publish(
    _ reports: [SecondReport], checkpoints: [Name: [UInt8]]?
  ) throws(OutputFailure)
}

extension SpooledStream: SecondPublisher {
  package func publish(_ reports: [SecondReport], checkpoints: [Name: [UInt8]]?) {
    add(StreamTurn(reports: reports, checkpoints: checkpoints))
  }
}

/// Writes reports as lines of JSON. Every run begins to number them anew.
package final class LinePublisher: SecondPublisher {
  private let sink: any ByteSink
  private let sender: Name
  private let series: UInt64
  private var sequence: UInt64 = 0

  /// - Parameters:
  ///   - sender: its name in reports.
  ///   - series: a random number, which no other run has.
  package init(_ sink: any ByteSink, sender: Name, series: UInt64) {
    self.sink = sink
    self.sender = sender
    self.series = series
  }

  package func publish(
    _ reports: [SecondReport], checkpoints: [Name: [UInt8]]?
  ) throws(OutputFailure) {
    for report in reports {
      sequence += 1
      let sent = SentReport(sender: sender, series: series, sequence: sequence, report: report)
      try sink.write(sent.encoded + [UInt8(ascii: "\n")])
    }
  }
}
