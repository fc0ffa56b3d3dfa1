import AccessLog
import Foundation
import TrafficGenerator

let usage = """
  Usage: lm2000-bench [--lines N] [--format csv|combined] [FILE]
  Measures parsing and the whole analysis of a log beside wc -l and a plain count of its lines, in
  one run; without FILE on simulated traffic (1000000 lines, combined and then csv).

  """

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
  default: path = word
  }
}

guard lines > 0 else { Measurement.stop("--lines takes a whole number above 0", status: 2) }
if let path {
  Measurement.compare(path)
} else {
  for format in format.map({ [$0] }) ?? [.combined, .csv] {
    let log = try SimulatedLog.write(lines: lines, format: format)
    defer { unlink(log) }
    print("simulated, \(format.rawValue):")
    Measurement.compare(log)
  }
}
