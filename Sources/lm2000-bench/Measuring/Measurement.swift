import Foundation

/// How long a run over a log takes: the best of several.
struct Measurement {
  let name: String
  /// The time of the best run.
  let seconds: Double

  /// How often each run is repeated.
  static let runs = 5

  /// Times `body`, which reads a log.
  ///
  /// - Parameter body: returns a number made of its result, so that the optimizer cannot leave work
  ///   out; 0 ends the program, since nothing was read.
  static func time(_ name: String, runs: Int = Self.runs, _ body: () -> Int) -> Measurement {
    var best = Double.infinity
    for _ in 0..<runs {
      let start = ContinuousClock.now
      guard body() > 0 else { stop("\(name): nothing was read") }
      let (seconds, attoseconds) = (ContinuousClock.now - start).components
      best = min(best, Double(seconds) + Double(attoseconds) / 1e18)
    }
    return Measurement(name: name, seconds: best)
  }

  /// Prints the reason to standard error on one line and ends the program.
  static func stop(_ reason: String, status: Int32 = 1) -> Never {
    FileHandle.standardError.write(Data("lm2000-bench: \(reason)\n".utf8))
    exit(status)
  }

  /// Prints the greatest resident memory of this process so far. (getrusage(2))
  static func reportPeakMemory() {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print("peak memory \(usage.ru_maxrss / 1024) MiB")
  }
}
