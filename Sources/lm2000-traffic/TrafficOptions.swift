import AccessLog
import TrafficGenerator

/// The options of the command line.
struct TrafficOptions {
  var wantsHelp = false
  var format = LineFormat.csv
  var rate = 10.0
  /// The length of the log in seconds; nil for no limit.
  var seconds: Int64?
  /// The number of lines; nil for no limit.
  var lines: Int?
  /// The first second; nil for the current second with `--realtime`, and for a fixed one without.
  var start: EpochSecond?
  var seed: UInt64 = 1
  var output = Array("-".utf8)
  var realtime = false
  var waves = false
  var scenario: Scenario?
  /// The offset of the log's time zone from UTC, in minutes.
  var zone = 0
  var clients = 400
  var hasLongAgents = false
  var header = true
  var irregularities = Irregularities()
  /// What is put around each line, the outermost one first.
  var wrappers: [LineWrapper] = []

  static let help = """
    Usage: lm2000-traffic [options]
    Writes the access log of a simulated web site, the same for the same options.

      --format FORMAT     csv, common, combined or vcombined (csv)
      --rate N            hits per second; with --waves, what the mean over two
                          minutes rises above and falls below (10)
      --waves             uneven traffic with a surge every 200 seconds
      --scenario NAME     known traffic; two-alerts: two alerts, two recoveries;
                          busy-evening: half an hour with four surges, three alerts
      --seconds N         the span of the log (60; no end with --lines, --realtime)
      --lines N           stop after so many lines
      --start EPOCH       the first second (1773478800; 1773518400 for busy-evening;
                          now with --realtime)
      --realtime          write every line when its time has come
      --seed N            other numbers, other traffic (1)
      --output FILE       instead of to standard output
      --clients N         how many clients there are (400)
      --zone MINUTES      how far the clock in the lines is ahead of UTC (0)
      --no-header         csv without its first line
      --jitter SECONDS    stamp lines up to so much too early
      --late-every N      stamp one line in N half a minute too early
      --late-percent N    stamp N of a hundred lines one second too early
      --garbage-every N   make one line in N one of no format
      --unique-every N    give one line in N a client and a section of its own
      --popular-every N   give one line in N the section /popular
      --long-agents       only browsers and crawlers, whose names are long:
                          combined lines have about 200 bytes instead of 160
      --wrap NAME,...     put around each line what other programs do, the outermost
                          first: syslog, syslog-iso, syslog-5424, journal, docker,
                          cri, compose, swarm, kubectl, stern, colors
      --help              this text

    lm2000-traffic --format combined --realtime --waves | lm2000 -
    """ + "\n"

  init(_ arguments: [[UInt8]]) throws(TrafficFailure) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      let parts = argument.split(separator: UInt8(ascii: "="), maxSplits: 1)
      let name = String(decoding: parts.first ?? [], as: UTF8.self)
      if setFlag(name) { continue }
      guard Self.optionsWithValue.contains(name) else { throw .unknownOption(name) }
      // The value is what follows the first `=`, even if that is empty, or else the next argument.
      let attached = argument.firstIndex(of: UInt8(ascii: "=")).map { argument[($0 + 1)...] }
      guard let value = attached.map(Array.init) ?? rest.popFirst() else {
        throw .missingValue(option: name)
      }
      try set(name, to: value)
    }
    if seconds == nil, lines == nil, scenario == nil, !realtime { seconds = 60 }
  }

  private static let optionsWithValue: Set<String> = [
    "--format", "--rate", "--scenario", "--seconds", "--lines", "--start", "--seed", "--output",
    "--clients", "--zone", "--jitter", "--late-every", "--late-percent", "--garbage-every",
    "--unique-every", "--popular-every", "--wrap",
  ]

  /// - Returns: whether the option is a flag.
  private mutating func setFlag(_ name: String) -> Bool {
    switch name {
    case "--help", "-h": wantsHelp = true
    case "--realtime": realtime = true
    case "--waves": waves = true
    case "--no-header": header = false
    case "--long-agents": hasLongAgents = true
    default: return false
    }
    return true
  }

  private mutating func set(_ name: String, to bytes: [UInt8]) throws(TrafficFailure) {
    let value = OptionValue(option: name, text: String(decoding: bytes, as: UTF8.self))
    switch name {
    case "--format": format = try value.named(LineFormat.allCases)
    case "--scenario": scenario = try value.named(Scenario.allCases)
    case "--rate": rate = try value.rate()
    case "--seconds": seconds = try value.number(in: 0...1_000_000_000_000)
    case "--lines": lines = try Int(value.number(in: 0...1_000_000_000_000))
    case "--start": start = EpochSecond(try value.number(in: -62_135_596_800...253_402_300_799))
    case "--seed": seed = UInt64(try value.number(in: 0...Int64.max))
    case "--clients": clients = Int(try value.number(in: 1...60_000))
    case "--zone": zone = Int(try value.number(in: -899...899))
    case "--jitter": irregularities.jitter = try value.number(in: 0...86_400)
    case "--late-every": irregularities.lateEvery = try value.interval()
    case "--late-percent": irregularities.latePercent = Int(try value.number(in: 0...100))
    case "--garbage-every": irregularities.garbageEvery = try value.interval()
    case "--unique-every": irregularities.uniqueEvery = try value.interval()
    case "--popular-every": irregularities.popularEvery = try value.interval()
    case "--wrap": wrappers = try value.list(of: LineWrapper.allCases)
    default: output = bytes
    }
  }
}
