import AccessLog
import Engine
import LogParsing
import TrafficAnalysis

/// What the command line asks for; nothing is done about it yet.
package struct Options: Equatable, Sendable {
  package enum Output: String, Sendable { case dashboard, text, ndjson }
  package enum Times: Sendable { case local, utc, log }
  package enum Color: String, Sendable { case auto, always, never }
  /// What is to be said instead of monitoring anything.
  package enum Information: Sendable { case help, version, formats }

  package var information: Information?
  package var paths: [Name] = []
  package var follow: Bool?
  /// Begin with so many of the last lines; `nil`: with the first.
  package var tail: Int?
  package var replay = false
  package var speed = ReplaySpeed.times(1)
  /// In replay, a longer silence takes no longer than this, in seconds.
  package var maxGap: Double = 5
  package var analysis = AnalysisOptions()
  /// `nil` to find it out.
  package var format: String?
  /// Only records from `since` on and before `until` take part.
  package var since: TimeArgument?
  package var until: TimeArgument?
  /// `nil`: the dashboard on a terminal, else text.
  package var output: Output?
  package var times = Times.local
  package var color = Color.auto
  package var ascii = false
  package var bell = false
  package var failOnAlert = false
  package var demo = false
  package var verbose = false

  package init() {}

  /// The log is watched for more after its end.
  var isFollowing: Bool { follow == true }

  var range: RequestedRange { RequestedRange(since: since, until: until, zone: times) }

  /// - Parameter arguments: without the name of the program, as bytes: a path need not be text.
  package static func parse(_ arguments: [[UInt8]]) throws(UsageError) -> Options {
    var options = Options()
    var scanner = ArgumentScanner(arguments)
    while let argument = try scanner.next() {
      switch argument {
      case .operand(let bytes): options.paths.append(Name(bytes))
      case .option(let option, let value): try option.apply(value, &options)
      }
    }
    // Whoever asks for help may have the rest wrong.
    if options.information == nil { try options.check() }
    return options
  }

  private func check() throws(UsageError) {
    if replay, follow == true {
      throw .conflict(
        object: "--follow", reason: "a replay ends where the file ends; leave out --replay or this")
    }
    if paths.count > 1 {
      throw .conflict(
        object: paths[1].description, reason: "one log at a time so far; the first is \(paths[0])")
    }
    if demo, !paths.isEmpty {
      throw .conflict(object: "--demo", reason: "needs no log: leave out \(paths[0])")
    }
    if let since, let until, until.isCertainlyNotAfter(since) {
      throw .emptyRange
    }
  }
}
