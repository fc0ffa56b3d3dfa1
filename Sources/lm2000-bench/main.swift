import AccessLog
import Foundation
import TrafficGenerator

let usage = """
  Usage: lm2000-bench [--lines N] [--format csv|combined] [FILE]
  Measures parsing and the whole analysis of a log beside wc -l and a plain count of its lines, in
  one run; without FILE on simulated traffic (1000000 combined lines).

  """

var lines = 1_000_000
var format = LineFormat.combined
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

let made = path == nil ? try SimulatedLog.write(lines: lines, format: format) : nil
let log = path ?? made ?? ""
defer { if let made { unlink(made) } }
Measurement.warmUp(log)
let count = Measurement.countLines(log)
let newlines = Measurement.time("wc -l", lines: count) { Measurement.wordCount(log) }
let counted = Measurement.time("read and count", lines: count) { Measurement.countLines(log) }
let parse = Measurement.time("parse", lines: count) { Stages.parse(log) }
let whole = Measurement.time("parse and analyze", lines: count) { Stages.analyze(log) }
Measurement.report([newlines, counted, parse, whole], lines: count, path: log)
