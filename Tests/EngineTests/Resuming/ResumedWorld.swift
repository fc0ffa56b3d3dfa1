import AccessLog
import Engine
import Foundation
import LogInput
import TrafficAnalysis

/// A log that is written and rotated at random while runs follow it, are killed, and are continued.
final class ResumedWorld {
  /// What the runs have saved, as a history would keep it.
  struct Saved {
    var minutes: [EpochSecond: IntervalReport] = [:]
    var alerts: [AlertTransition] = []
    var checkpoint: Checkpoint?
    /// What was counted of the minute that had not closed at the checkpoint.
    var part: (from: EpochSecond, traffic: Traffic)?
  }

  let folder: URL
  let path: Name
  /// How many rotated files stay.
  private let generations: Int
  var saved = Saved()
  /// All lines, in the order in which they were written.
  private(set) var lines: [[UInt8]] = []
  private var random: SeededRandom
  private var time: Int64 = 1_795_453_200
  private var monotonic = 0.0
  private var hits = 0
  private(set) var unfit = 0
  private(set) var kills = 0

  init(seed: UInt64, generations: Int = 1_000) throws {
    self.generations = generations
    random = SeededRandom(seed: seed)
    folder = FileManager.default.temporaryDirectory.appending(path: "resume-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = Name(folder.path + "/access.log")
    try Data().write(to: log)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private var log: URL { folder.appending(path: "access.log") }

  static var options: AnalysisOptions {
    var options = AnalysisOptions()
    options.following = true
    options.minuteRows = 50
    options.alertWindow = 20
    options.threshold = Threshold(whole: 2)
    options.isForDisplay = false
    return options
  }

  // MARK: - The writer

  /// Appends up to a hundred lines, a few of them out of order.
  func write() throws {
    let handle = try FileHandle(forWritingTo: log)
    defer { try? handle.close() }
    try handle.seekToEnd()
    // Bursts let the alert trigger and recover.
    let burst = random.next(4) == 0
    var text = Data()
    for _ in 0..<(1 + random.next(100)) {
      if !burst || random.next(6) == 0 { time += Int64(random.next(3)) }
      let late = random.next(5) == 0 ? Int64(random.next(3)) : 0
      hits += 1
      let line =
        "10.0.0.\(random.next(40)) - - [\(EpochSecond(time - late).commonLog)] "
        + "\"GET /s\(random.next(5))/x HTTP/1.1\" \(200 + random.next(4) * 100) \(hits)"
      lines.append(Array(line.utf8))
      text += Data(line.utf8) + [0x0A]
    }
    try handle.write(contentsOf: text)
  }

  /// Rotates the log in one of the usual ways.
  func rotate() throws {
    let files = FileManager.default
    for ending in ["", ".gz"] {
      let oldest = folder.appending(path: "access.log.\(generations)\(ending)")
      try? files.removeItem(at: oldest)
    }
    for number in stride(from: min(30, generations - 1), to: 0, by: -1) {
      for ending in ["", ".gz"] {
        let old = folder.appending(path: "access.log.\(number)\(ending)")
        let new = folder.appending(path: "access.log.\(number + 1)\(ending)")
        guard files.fileExists(atPath: old.path) else { continue }
        try? files.removeItem(at: new)
        try files.moveItem(at: old, to: new)
      }
    }
    let first = folder.appending(path: "access.log.1")
    if random.next(3) == 0 {
      try files.copyItem(at: log, to: first)
      try FileHandle(forWritingTo: log).truncate(atOffset: 0)
    } else {
      try files.moveItem(at: log, to: first)
      try Data().write(to: log)
    }
  }

  /// Compresses the generation before the last one, as `delaycompress` does.
  func compress() throws {
    let old = folder.appending(path: "access.log.2")
    guard FileManager.default.fileExists(atPath: old.path) else { return }
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/bin/gzip")
    gzip.arguments = [old.path]
    try gzip.run()
    gzip.waitUntilExit()
  }

  private func change() throws {
    switch random.next(8) {
    case 0: try rotate()
    case 1: try compress()
    default: try write()
    }
  }

  // MARK: - Runs

  /// Follows the log for a while and is killed, or ends in order; then the log changes.
  func live(isLast: Bool = false) throws {
    var run = try Run(self)
    try run.step(self)
    for _ in 0..<random.next(6) {
      try change()
      try run.step(self)
    }
    let isKilled = !isLast && random.next(4) > 0
    if isKilled {
      kills += 1
      for _ in 0..<random.next(5) { try change() }
    } else {
      try run.step(self)
      run.stop(self)
    }
  }

  fileprivate var clock: ClockReading {
    monotonic += 0.001
    return ClockReading(wall: EpochSecond(time + 5), monotonic: monotonic)
  }

  /// The clock of the followed file, for which some questions are decided by a silence.
  private var fileTime = 0.0
  fileprivate func fileClock() -> Double {
    fileTime += 1
    return fileTime
  }

  fileprivate func noteUnfit() { unfit += 1 }

  /// One process.
  private struct Run {
    private var pipeline: Pipeline
    private let readers: [BlockReader]
    private let continuation: LogContinuation
    /// What the earlier run has counted of the minute in which it was stopped, if that is not read again.
    private let base: (from: EpochSecond, traffic: Traffic)?

    init(_ world: ResumedWorld) throws {
      // What is saved is bytes.
      var checkpoints: [Name: Checkpoint] = [:]
      if let checkpoint = world.saved.checkpoint {
        checkpoints[world.path] = try Checkpoint(decoding: checkpoint.encoded)
      }
      continuation = LogContinuation(checkpoints, of: [world.path])
      if !continuation.unfit.isEmpty { world.noteUnfit() }
      let isReadAgain = continuation.readsAgain(intervalsOf: [60, 10])
      let isCut = continuation.closedThrough != nil && !isReadAgain
      base = isCut ? world.saved.part : nil
      let log = continuation.logs[world.path]
      let newest = FollowedFile(
        path: world.path, resuming: log?.resumed, watch: FileWatch(),
        monotonic: { [world] in world.fileClock() })
      try newest.start()
      var source: any LogSource = newest
      if let log {
        if !log.resumed.older.isEmpty { source = HistorySource(log.resumed.older, newest) }
        source = ResumedSource(source, log.resumed, known: log.resumption.known)
      }
      readers = [BlockReader(source: source)]
      var options = PipelineOptions()
      options.analysis = ResumedWorld.options
      options.marksPlaces = true
      options.resumptions[0] = log?.resumption
      var reported = ReportedTraffic(
        closedThrough: continuation.closedThrough, alerts: world.saved.alerts)
      reported.cutThrough = continuation.cutThrough
      reported.isReadAgain = isReadAgain
      options.reported = reported
      pipeline = Pipeline(options)
    }

    mutating func step(_ world: ResumedWorld) throws {
      var events: [MonitorEvent] = []
      for _ in 0..<3 {
        _ = try pipeline.step(
          readers, until: .everything, clock: world.clock, isOverBudget: { false },
          events: &events)
      }
      save(events, in: world)
      guard let checkpoint = pipeline.checkpoints[0] else { return }
      world.saved.checkpoint = checkpoint
      if let minute = pipeline.currentMinute {
        world.saved.part = (minute.from, traffic(minute))
      }
    }

    mutating func stop(_ world: ResumedWorld) {
      var events: [MonitorEvent] = []
      pipeline.stop(clock: world.clock, events: &events)
      save(events, in: world)
    }

    /// The traffic of a minute, with what the earlier run has counted of it.
    private func traffic(_ report: IntervalReport) -> Traffic {
      guard let base, base.from == report.from else { return report.traffic }
      var traffic = base.traffic
      traffic += report.traffic
      return traffic
    }

    private func save(_ events: [MonitorEvent], in world: ResumedWorld) {
      for event in events {
        switch event {
        case .minute(var report):
          report.partial = false
          report.traffic = traffic(report)
          world.saved.minutes[report.from] = report
        case .alert(let transition):
          let isNew = !world.saved.alerts.contains {
            $0.second == transition.second && $0.change == transition.change
          }
          if isNew { world.saved.alerts.append(transition) }
        default: break
        }
      }
    }
  }
}

extension EpochSecond {
  /// The time as the common log format writes it.
  fileprivate var commonLog: String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "dd/MMM/yyyy:HH:mm:ss Z"
    return formatter.string(from: Date(timeIntervalSince1970: Double(value)))
  }
}

/// Numbers that depend on nothing but the seed. (splitmix64)
struct SeededRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number from 0 up to, but not including, a limit.
  mutating func next(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
