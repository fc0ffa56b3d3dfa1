import TrafficGenerator

/// Why the arguments are not valid.
struct BenchUsage: Error, Equatable {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}

/// What to measure, as the command line names it.
enum BenchCommand: Equatable {
  /// Parsing and analysis of a log beside `wc -l`; without a path, of simulated logs.
  case speed(path: String?, lines: Int, format: LineFormat?)
  case rotations(count: Int, linesEach: Int, kept: Int)
  case copytruncates(count: Int, linesEach: Int, kept: Int, isSteady: Bool)
  case idle(seconds: Int)
  /// How long a replay takes to seek; without a path, in a simulated log.
  case seeks(path: String?)
  /// What a line of a report costs, by the shape of the traffic.
  case sparse(lines: Int)
  /// What a line costs inside each wrapper.
  case wrapped(lines: Int)
  /// What the dashboard writes to its terminal.
  case screen(seconds: Int, isAnswering: Bool)
  /// What a snapshot with its tables costs.
  case tables
  case help

  static let usage = """
    Usage: lm2000-bench [--lines N] [--format FORMAT] [FILE]
             parsing and the whole analysis of a log beside wc -l and a plain count of its lines, in
             one run; without FILE on simulated traffic (1000000 lines, combined and then csv)
           lm2000-bench rotations [N] [--lines N] [--keep N]
             N rotations by renaming (10000), N lines each (500), 20000 lines a second, N old files
             kept (5): what is lost, read twice or out of order, descriptors and memory
           lm2000-bench copytruncates [N] [--lines N] [--keep N] [--steady]
             the same for N rotations by copying and truncating (1000) of N lines (500), each once
             all was read, or with --steady whether it was read or not
           lm2000-bench idle [SECONDS]
             10 quiet logs followed for so long (60): processor time and wake-ups
           lm2000-bench seeks [FILE]
             how long a replay takes to another moment; without FILE in 1 GB of simulated traffic
           lm2000-bench sparse [--lines N]
             what a line of a report costs in a log of N lines (500000) with one hit a second and
             in one with 900000 names, also with a great lateness, beside one with 200 a second
           lm2000-bench wrapped [--lines N]
             what a line costs inside syslog, JSON, the prefix of a container ..., beside the same
             line alone, in logs of N lines (500000)
           lm2000-bench screen [SECONDS] [--answer]
             what the dashboard writes to a terminal, and its processor time a frame, measured for
             so long (20) under steady traffic and on a quiet log, beside htop, btop and goaccess
             where they are installed; with --answer the terminal replies to queries
           lm2000-bench tables
             what a snapshot with three tables costs, by hits a second and window
    """

  /// - Parameter arguments: without the name of the program.
  /// - Throws: `BenchUsage` where they are not valid.
  static func parse(_ arguments: [String]) throws(BenchUsage) -> BenchCommand {
    var words = arguments[...]
    var operands: [String] = []
    var lines: Int?
    var kept: Int?
    var isSteady = false
    var isAnswering = false
    var format: LineFormat?
    while let word = words.popFirst() {
      switch word {
      case "--help", "-h": return .help
      case "--lines": lines = try number(words.popFirst(), of: word)
      case "--keep": kept = try number(words.popFirst(), of: word)
      case "--steady": isSteady = true
      case "--answer": isAnswering = true
      case "--format":
        let name = words.popFirst() ?? ""
        format = LineFormat(rawValue: name)
        if format == nil { throw BenchUsage("--format: there is no format \"\(name)\"") }
      case _ where word.hasPrefix("-") && word != "-": throw BenchUsage("\(word): unknown option")
      default: operands.append(word)
      }
    }
    let command = try command(operands, lines: lines, kept: kept ?? 5, format: format)
      .with(isSteady: isSteady, isAnswering: isAnswering)
    if kept != nil, !command.keepsFiles { throw BenchUsage("--keep: only where logs are rotated") }
    if case .speed = command { return command }
    if format != nil { throw BenchUsage("--format: only for the speed of reading") }
    return command
  }

  /// The command with the flags that were given.
  private func with(isSteady: Bool, isAnswering: Bool) throws(BenchUsage) -> BenchCommand {
    switch self {
    case .copytruncates(let count, let linesEach, let kept, _) where !isAnswering:
      return .copytruncates(count: count, linesEach: linesEach, kept: kept, isSteady: isSteady)
    case .screen(let seconds, _) where !isSteady:
      return .screen(seconds: seconds, isAnswering: isAnswering)
    default:
      if isSteady { throw BenchUsage("--steady: only for copytruncates") }
      if isAnswering { throw BenchUsage("--answer: only for screen") }
      return self
    }
  }

  private static func command(
    _ operands: [String], lines: Int?, kept: Int, format: LineFormat?
  ) throws(BenchUsage) -> BenchCommand {
    let name = operands.first
    let limit = ["rotations", "copytruncates", "idle", "seeks", "screen"].contains(name) ? 2 : 1
    if operands.count > limit { throw BenchUsage("\(operands[limit]): one argument too many") }
    if name == "seeks" {
      if lines != nil { throw BenchUsage("--lines: the log for seeks has its own size") }
      return .seeks(path: operands.dropFirst().first)
    }
    if name == "sparse" { return .sparse(lines: lines ?? 500_000) }
    if name == "wrapped" { return .wrapped(lines: lines ?? 500_000) }
    if name == "tables", lines == nil { return .tables }
    let count: Int? = operands.count == 2 ? try number(operands[1], of: operands[0]) : nil
    switch name {
    case "rotations":
      return .rotations(count: count ?? 10_000, linesEach: lines ?? 500, kept: kept)
    case "copytruncates":
      return .copytruncates(
        count: count ?? 1000, linesEach: lines ?? 500, kept: kept, isSteady: false)
    case "idle":
      if lines != nil { throw BenchUsage("--lines: idle logs have none") }
      return .idle(seconds: count ?? 60)
    case "screen":
      if lines != nil { throw BenchUsage("--lines: the traffic for screen has no end") }
      return .screen(seconds: count ?? 20, isAnswering: false)
    default:
      if name != nil, lines != nil || format != nil {
        throw BenchUsage("--lines, --format: only for simulated logs, not for \(name ?? "")")
      }
      return .speed(path: name, lines: lines ?? 1_000_000, format: format)
    }
  }

  private var keepsFiles: Bool {
    switch self {
    case .rotations, .copytruncates: true
    default: false
    }
  }

  private static func number(_ text: String?, of option: String) throws(BenchUsage) -> Int {
    guard let text, let number = Int(text), number > 0, number <= 1_000_000_000 else {
      throw BenchUsage("\(option): \"\(text ?? "")\" is not a whole number above 0")
    }
    return number
  }
}
