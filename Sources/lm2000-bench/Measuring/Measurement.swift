import Foundation

/// Measuring how long stages take over a log.
enum Measurement {
  /// A stage of reading a log. Its work returns a number made of its result, so that the optimizer
  /// cannot leave work out; 0 ends the program, since nothing was read.
  typealias Stage = (name: String, work: () -> Int)

  /// The seconds of several runs of one stage.
  static func time(_ name: String, runs: Int, _ work: () -> Int) -> Spread {
    Spread((0..<runs).map { _ in seconds(name, work) })
  }

  /// Times stages by turns, so that a slow moment of the machine affects all of them.
  ///
  /// - Returns: the seconds of each stage, for each turn.
  static func turns(_ turns: Int, of stages: [Stage]) -> [[Double]] {
    (0..<turns).map { _ in stages.map { seconds($0.name, $0.work) } }
  }

  /// The time of one run in seconds.
  static func seconds(_ name: String, _ work: () -> Int) -> Double {
    let start = ContinuousClock.now
    guard work() > 0 else { stop("\(name): nothing was read") }
    return (ContinuousClock.now - start) / .seconds(1)
  }

  /// Prints the reason to standard error on one line and ends the program.
  static func stop(_ reason: String, status: Int32 = 1) -> Never {
    FileHandle.standardError.write(Data("lm2000-bench: \(reason)\n".utf8))
    exit(status)
  }

  /// Prints the greatest resident memory of this process since it last started another program.
  /// (getrusage(2))
  static func reportPeakMemory() {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print("peak memory \(usage.ru_maxrss / 1024) MiB")
  }
}
