import Foundation
import Testing

/// The built program running in the background, with its output in files.
final class Watcher {
  private let folder: Folder
  private let pid: String

  /// - Parameters:
  ///   - arguments: the arguments of the program, quoted for a shell.
  ///   - writer: a command whose output is the program's standard input.
  ///   - limits: a shell command to run before the program.
  init(_ arguments: String, from writer: String? = nil, limits: String = ":") throws {
    folder = try Folder()
    // Seconds close and are reported as early as possible.
    let program = "\(Built.program) --stats-interval 1 --lateness 1 --idle-grace 1 \(arguments)"
    let source = writer.map { "\($0) | " } ?? ""
    let script =
      "\(source)sh -c 'echo $$ > \"$0/pid\"; \(limits); exec \"$@\" > \"$0/out\" 2> \"$0/err\"'"
      + " '\(folder.path(""))' \(program)"
    _ = try Ended.running("(\(script); echo $? > '\(folder.path("status"))') &")
    pid = try poll("the program has started") { [folder] in
      let text = try? String(contentsOfFile: folder.path("pid"), encoding: .utf8)
      return text.flatMap { $0.hasSuffix("\n") ? String($0.dropLast()) : nil }
    }
    try poll("the program runs instead of the shell") { isRunning && isShell ? nil : true }
  }

  /// Whether its process has not yet begun to execute the program. (proc_pid_exe(5))
  private var isShell: Bool {
    let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe")
    return path.map { !$0.hasSuffix("/lm2000") } ?? false
  }

  deinit {
    if isRunning { _ = try? Ended.running("kill -9 \(pid)") }
  }

  private var isRunning: Bool { !FileManager.default.fileExists(atPath: folder.path("status")) }

  private func text(_ name: String) -> String {
    (try? String(contentsOfFile: folder.path(name), encoding: .utf8)) ?? ""
  }

  var errors: String { text("err") }

  /// What it printed.
  var output: String { text("out") }

  /// The complete events with a name.
  func events(_ name: String) -> [[String: Any]] {
    text("out").split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }.filter { $0["event"] as? String == name }
  }

  /// The hits of each name in all intervals.
  ///
  /// - Parameter ranking: the member of an interval that holds the names.
  func sum(_ ranking: String) -> [String: Int] {
    var sums: [String: Int] = [:]
    for row in events("interval").flatMap({ $0[ranking] as? [[String: Any]] ?? [] }) {
      guard let name = row["name"] as? String, let hits = row["hits"] as? Int else { continue }
      sums[name, default: 0] += hits
    }
    return sums
  }

  var end: [String: Any] {
    get throws { try #require(events("end").last) }
  }

  /// Waits until the intervals have a number of hits in total.
  func wait(forHits wanted: Int, location: SourceLocation = #_sourceLocation) throws {
    var hits = 0
    try poll("\(wanted) hits", location: location) {
      hits = events("interval").compactMap { $0["hits"] as? Int }.reduce(0, +)
      return hits >= wanted ? true : nil
    }
    #expect(hits == wanted, sourceLocation: location)
  }

  /// Returns `true` once the program has the file open and is idle, else `nil`.
  func waits(for path: String) throws -> Bool? {
    let folder = "/proc/\(pid)/fd/"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    let isOpen = files.contains {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: folder + $0)) == path
    }
    let state = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    return isOpen && state.contains(") S ") ? true : nil
  }

  /// How often its threads have waited for something so far, which is how often they were woken up,
  /// and the processor time that they used, in seconds. (proc(5))
  func activity() throws -> (wakeUps: Int, processor: Double) {
    let tasks = "/proc/\(pid)/task/"
    let wakeUps = try FileManager.default.contentsOfDirectory(atPath: tasks).map { task in
      let status = try String(contentsOfFile: tasks + task + "/status", encoding: .utf8)
      let count = status.firstMatch(of: /\nvoluntary_ctxt_switches:\s*(\d+)/)
      return try #require(count.flatMap { Int($0.output.1) })
    }
    // The fields behind the name, which may contain blanks.
    let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
    let ticks = fields[12...13].compactMap { Int($0) }.reduce(0, +)
    return (wakeUps.reduce(0, +), Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK))))
  }

  /// Whether a library of that name is loaded; `false` while the program is being loaded. (proc(5))
  func hasMapped(_ library: String) throws -> Bool {
    // The file has no size that says how much there is to read.
    let maps = try #require(FileHandle(forReadingAtPath: "/proc/\(pid)/maps"))
    let text = String(decoding: try maps.readToEnd() ?? Data(), as: UTF8.self)
    return text.contains(library)
  }

  /// The number of its threads now.
  func threads() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task/").count
  }

  func signal(_ name: String) throws {
    _ = try Ended.running("kill -\(name) \(pid)")
  }

  /// Ends it in order.
  func stop() throws { try end(with: "TERM") }

  /// Ends it in the middle of whatever it does.
  func kill() throws { try end(with: "KILL") }

  private func end(with name: String) throws {
    try signal(name)
    try poll("the program has ended") { isRunning ? nil : true }
  }
}

/// Evaluates a closure repeatedly until it returns a value.
@discardableResult
func poll<Answer>(
  _ description: String, location: SourceLocation = #_sourceLocation, _ answer: () throws -> Answer?
) throws -> Answer {
  let end = Date().addingTimeInterval(60)
  while Date() < end {
    if let answer = try answer() { return answer }
    usleep(50_000)
  }
  Issue.record("never: \(description)", sourceLocation: location)
  throw CancellationError()
}
