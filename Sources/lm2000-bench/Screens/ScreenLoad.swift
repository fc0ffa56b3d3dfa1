import Foundation
import TerminalCanvas
import TerminalKit

/// What a program writes to its terminal, and the processor time that it needs for that.
struct ScreenLoad {
  /// A frame ends where the program writes nothing for so long, in seconds.
  static let frameGap = 0.05

  /// The length of the measurement in seconds.
  private(set) var seconds = 0.0
  private(set) var bytes = 0
  private(set) var frames = 0
  /// The bytes of the largest frame.
  private(set) var largestFrame = 0
  /// Processor time in seconds, with that for reading the log.
  private(set) var processor = 0.0

  var bytesPerSecond: Double { Double(bytes) / seconds }
  var framesPerSecond: Double { Double(frames) / seconds }
  /// In bytes.
  var meanFrame: Double { Double(bytes) / Double(max(1, frames)) }
  /// Processor time per second of the measurement.
  var processorPerSecond: Double { processor / seconds }
  /// The processor time of a frame in seconds, without that for reading the log.
  ///
  /// - Parameter reading: the processor time per second that reading alone takes.
  func processorPerFrame(besides reading: Double) -> Double {
    max(0, processor - reading * seconds) / Double(max(1, frames))
  }

  private var frameBytes = 0
  private var lastOutput = -Double.infinity

  /// Counts output that has arrived at a moment, in monotonic seconds.
  private mutating func count(_ output: Int, at moment: Double) {
    if moment - lastOutput > Self.frameGap {
      frames += 1
      frameBytes = 0
    }
    lastOutput = moment
    bytes += output
    frameBytes += output
    largestFrame = max(largestFrame, frameBytes)
  }

  /// Runs a program in a terminal that only reads, over a log that may grow.
  ///
  /// - Parameters:
  ///   - warmUp: the seconds before the measurement.
  ///   - seconds: the length of the measurement.
  ///   - isAnswering: whether the terminal replies to queries as xterm does.
  static func measure(
    _ setup: ScreenSetup, on log: inout GrowingLog, isGrowing: Bool, warmUp: Double,
    seconds: Double, isAnswering: Bool
  ) -> ScreenLoad {
    let program = setup.start(on: log.path)
    var replies = isAnswering ? TerminalReplies() : nil
    _ = observe(program, for: warmUp, &log, isGrowing, &replies)
    let before = processorTime(program, setup)
    var load = observe(program, for: seconds, &log, isGrowing, &replies)
    load.processor = processorTime(program, setup) - before
    return load
  }

  private static func observe(
    _ program: TerminalProgram, for seconds: Double, _ log: inout GrowingLog, _ isGrowing: Bool,
    _ replies: inout TerminalReplies?
  ) -> ScreenLoad {
    var load = ScreenLoad()
    let terminal = program.terminal
    let start = monotonicSeconds()
    while monotonicSeconds() - start < seconds {
      if isGrowing { log.writeDue() }
      guard terminal.waitForOutput(10) else { continue }
      let output = terminal.readOnce(atMost: 65_536)
      load.count(output.count, at: monotonicSeconds())
      if let reply = replies?.replies(to: output), !reply.isEmpty { terminal.type(reply) }
    }
    load.seconds = monotonicSeconds() - start
    return load
  }

  /// Ends this program if the other one has ended.
  private static func processorTime(_ program: TerminalProgram, _ setup: ScreenSetup) -> Double {
    guard program.endingIfEnded() == nil, let time = ProcessorTime.of(program.processID) else {
      Measurement.stop("\(setup.program.path): has ended\n\(program.screen)")
    }
    return time
  }
}
