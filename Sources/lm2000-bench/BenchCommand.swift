import TrafficGenerator

/// What to measure, as the command line names it.
enum BenchCommand: Equatable {
  /// Each stage of reading a log beside `wc -l`; without a path, of simulated logs.
  case stages(path: String?, lines: Int, format: LineFormat?)
  /// Whole runs of the program beside `wc -l`, by the shape of the log.
  case whole(shapes: [LogShape], lines: Int, lateness: Int?)
  /// What a line costs by the size of the log.
  case growth(LogShape, lines: Int)
  /// The memory of a long replay through a pipe.
  case memory(lines: Int)
  /// Other programs on the same log.
  case peers(lines: Int)
  case rotations(count: Int, linesEach: Int, kept: Int)
  case copytruncates(count: Int, linesEach: Int, kept: Int, isSteady: Bool)
  case idle(seconds: Int)
  /// Several logs beside one, and compressed ones.
  case several(lines: Int)
  /// How long a replay takes to seek; without a path, in a simulated log.
  case seeks(path: String?)
  /// What a line costs inside each wrapper.
  case wrapped(lines: Int)
  /// What parsing costs in each format; with all names, or with those that every run needs.
  case formats(hasAllNames: Bool)
  /// What a filter costs by its terms.
  case filter(lines: Int)
  /// What the dashboard writes to its terminal.
  case screen(seconds: Int, isAnswering: Bool)
  /// What a snapshot with its tables costs.
  case tables
  /// What the reports of many servers cost.
  case fleet(servers: Int, seconds: Int)
  case help

  static let usage = """
    Usage: lm2000-bench [--lines N] [--format FORMAT] [FILE]
             what a line costs in each stage, from reading to the whole report, beside wc -l by turns;
             without FILE on simulated traffic (1000000 lines, combined and then csv)
           lm2000-bench whole [SHAPE ...] [--lines N] [--lateness SECONDS]
             whole runs of the program in pairs with wc -l, on all cores and on one, with processor
             time and peak memory, on logs of N lines (5000000) of each shape:
               dense    200 hits a second of 20000 clients, 5 % of the lines a second late
               csv      the same as csv
               sparse   one hit a second
               late     2 % of the lines half a minute late
               names    every line has a client and a section of its own, but one section 1 %
               wrapped  the dense one with syslog around it
           lm2000-bench growth [SHAPE] [--lines N]
             what a line costs in a log that grows to N lines (10000000), and the memory
           lm2000-bench memory [--lines N]
             the peak memory of a replay of N lines (100000000) that come through a pipe, after a
             tenth of them and at the end
           lm2000-bench peers [--lines N]
             goaccess and lnav on the same log of N lines (1000000), where they are installed
           lm2000-bench rotations [N] [--lines N] [--keep N]
             N rotations by renaming (10000), N lines each (500), 20000 lines a second, N old files
             kept (5): what is lost, read twice or out of order, descriptors and memory
           lm2000-bench copytruncates [N] [--lines N] [--keep N] [--steady]
             the same for N rotations by copying and truncating (1000) of N lines (500), each once
             all was read, or with --steady whether it was read or not
           lm2000-bench idle [SECONDS]
             1, 10 and 100 quiet logs followed for so long (60): processor time and wake-ups
           lm2000-bench several [--lines N]
             ten logs of N lines (5000000) in all beside one of N lines, and compressed logs beside
             the tools that decompress them
           lm2000-bench seeks [FILE]
             how long a replay takes to another moment; without FILE in 1 GB of simulated traffic
           lm2000-bench wrapped [--lines N]
             what a line costs inside syslog, JSON, the prefix of a container ..., beside the same
             line alone, in logs of N lines (500000)
           lm2000-bench formats [--all]
             what parsing a line costs in each format beside combined; with --all its names in all
             dimensions too
           lm2000-bench filter [--lines N]
             what a filter costs on each of N lines (500000) of combined by the kind of its terms, and how
             long the largest texts of filters take to be parsed or refused
           lm2000-bench screen [SECONDS] [--answer]
             what the dashboard writes to a terminal, and its processor time a frame, measured for
             so long (20) under steady traffic and on a quiet log, beside htop, btop and goaccess
             where they are installed; with --answer the terminal replies to queries
           lm2000-bench tables
             what a snapshot with three tables costs, by hits a second and window
           lm2000-bench fleet [SERVERS] [--seconds N]
             what the reports of so many servers (1000) with 100 hits a second each cost the one that
             analyzes them, measured for N seconds (60)
    """

  /// - Parameter arguments: without the name of the program.
  /// - Throws: `BenchUsage` where they are not valid.
  static func parse(_ arguments: [String]) throws(BenchUsage) -> BenchCommand {
    let words = try BenchWords(arguments)
    if words.has("--help") || words.has("-h") { return .help }
    let lines = words.number("--lines")
    switch words.operands.first {
    case "whole":
      try words.check(["--lines", "--lateness"], operands: .max)
      let shapes = try words.shapes()
      return .whole(
        shapes: shapes.isEmpty ? LogShape.all : shapes, lines: lines ?? 5_000_000,
        lateness: words.number("--lateness"))
    case "growth":
      try words.check(["--lines"], operands: 2)
      return .growth(try words.shapes().first ?? .dense, lines: lines ?? 10_000_000)
    case "memory":
      try words.check(["--lines"], operands: 1)
      return .memory(lines: lines ?? 100_000_000)
    case "peers":
      try words.check(["--lines"], operands: 1)
      return .peers(lines: lines ?? 1_000_000)
    case "wrapped":
      try words.check(["--lines"], operands: 1)
      return .wrapped(lines: lines ?? 500_000)
    case "several":
      try words.check(["--lines"], operands: 1)
      return .several(lines: lines ?? 5_000_000)
    case "seeks":
      try words.check([], operands: 2)
      return .seeks(path: words.operands.dropFirst().first)
    case "formats":
      try words.check(["--all"], operands: 1)
      return .formats(hasAllNames: words.has("--all"))
    case "filter":
      try words.check(["--lines"], operands: 1)
      return .filter(lines: lines ?? 500_000)
    case "tables":
      try words.check([], operands: 1)
      return .tables
    case "fleet":
      try words.check(["--seconds"], operands: 2)
      return .fleet(servers: try words.count() ?? 1000, seconds: words.number("--seconds") ?? 60)
    case "rotations", "copytruncates", "idle", "screen": return try following(words)
    case let path:
      try words.check(path == nil ? ["--lines", "--format"] : [], operands: 1)
      return .stages(path: path, lines: lines ?? 1_000_000, format: words.format)
    }
  }

  /// The commands in which a log is followed.
  private static func following(_ words: BenchWords) throws(BenchUsage) -> BenchCommand {
    let (count, kept) = (try words.count(), words.number("--keep") ?? 5)
    let linesEach = words.number("--lines") ?? 500
    switch words.operands.first {
    case "rotations":
      try words.check(["--lines", "--keep"], operands: 2)
      return .rotations(count: count ?? 10_000, linesEach: linesEach, kept: kept)
    case "copytruncates":
      try words.check(["--lines", "--keep", "--steady"], operands: 2)
      return .copytruncates(
        count: count ?? 1000, linesEach: linesEach, kept: kept, isSteady: words.has("--steady"))
    case "idle":
      try words.check([], operands: 2)
      return .idle(seconds: count ?? 60)
    default:
      try words.check(["--answer"], operands: 2)
      return .screen(seconds: count ?? 20, isAnswering: words.has("--answer"))
    }
  }
}
