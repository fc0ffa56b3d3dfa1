import AccessLog
import Foundation
import TrafficGenerator

let usage = """
  Usage: lm2000-bench [--lines N] [--format csv|combined] [FILE]
         lm2000-bench seeks [FILE]
  Measures parsing and the whole analysis of a log beside wc -l and a plain count of its lines, in
  one run; without FILE on simulated traffic (1000000 lines, combined and then csv).
  With seeks: how long a replay takes to another moment; without FILE in 1 GB of simulated traffic.

  """

var seeks = false
var lines = 1_000_000
var format: LineFormat?
var path: String?
var words = CommandLine.arguments.dropFirst()[...]
while let word = words.popFirst() {
  switch word {
  case "--lines": lines = words.popFirst().flatMap(Int.init) ?? lines
  case "--format": format = words.popFirst().flatMap(LineFormat.init(rawValue:)) ?? format
  case "--help", "-h":
    print(usage)
    exit(0)
  case "seeks": seeks = true
  default: path = word
  }
}

guard lines > 0 else { Measurement.stop("--lines takes a whole number above 0", status: 2) }
if seeks {
  let log = try path ?? SimulatedLog.write(lines: 6_300_000, format: .combined)
  defer { if path == nil { unlink(log) } }
  try Seeks.measure(log)
} else if let path {
  Measurement.compare(path)
} else {
  for format in format.map({ [$0] }) ?? [.combined, .csv] {
    let log = try SimulatedLog.write(lines: lines, format: format)
    defer { unlink(log) }
    print("simulated, \(format.rawValue):")
    Measurement.compare(log)
  }
}
