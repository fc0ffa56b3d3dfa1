import AccessLog
import Glibc

@testable import LogInput

/// A log in a temporary directory, the events that may happen to it, and the expected results: the
/// lines that a reader must have read, and the number of files that it cannot have read.
///
/// It models no reading algorithm, only what any reader can access: the file that had the path at
/// the time of a read, and the files that have the name of a rotated file.
final class LogWorld {
  /// A file of the log.
  final class File {
    let writer: LogWriter
    /// The complete lines in the file.
    var lines: [Int] = []
    /// The incomplete line at the end of the file.
    var half: Int?
    /// Whether the incomplete line may have been delivered, because the file was rotated long ago.
    var halfIsOver = false
    /// The number of lines at the last read.
    var seen = 0
    /// Whether the reader has the file open.
    var isHeld = false
    /// Whether something of the file was read, so that the reader can detect a truncation.
    var wasRead = false
    /// Whether the reader has closed the file.
    var wasForgotten = false
    var isCopy = false
    /// Whether a copy of the file took its path since the last read.
    var isBeingReplaced = false
    /// Whether the file replaced the one that the reader has open, directly or through other
    /// copies.
    var isReplacement = false
    /// Whether the file was truncated since the last read.
    var wasCut = false
    /// Whether the file ends with an incomplete line that is completed in another file.
    var isTorn = false

    init(_ writer: LogWriter) { self.writer = writer }

    var unseen: ArraySlice<Int> { lines[seen...] }
  }

  let bench = Workbench()
  /// The files by name.
  var files: [String: File] = [:]
  /// A description of all events.
  private(set) var events: [String] = []
  /// The lines that must have been read.
  private(set) var promised: Set<Int> = []
  /// The number of files that appeared and disappeared between two reads.
  private(set) var missed = 0
  /// The lines that were lost undetectably: the file was truncated before anything of it was read.
  private(set) var traceless: Set<Int> = []
  /// All lines written.
  private(set) var written: Set<Int> = []
  /// The number of lines that were written in two steps.
  var halves = 0
  private(set) var count = 0
  private var held: [File] = []
  /// The last file that had the path at a read.
  var newest: File?
  /// The files that appeared under the path since the last read.
  var came: [File] = []
  private var copies: [(name: File, of: File, lines: [Int])] = []
  /// Whether, since the last read, copies only replaced one another.
  var wasOnlyReplaced = true

  static func text(_ line: Int) -> String { "line-\(1_000_000 + line)." }

  var log: File? { files["log"] }
  var slowWriter: File? { held.last { $0 !== log && !$0.isCopy && !$0.isBeingReplaced } }

  func record(_ event: String) { events.append(event) }
}

// MARK: - Events

extension LogWorld {
  func create(renaming: Bool) {
    guard log == nil else { return }
    record(renaming ? "create by renaming" : "create")
    let file = File(LogWriter(bench.path(renaming ? "new" : "log")))
    if renaming { bench.rename("new", "log") } else { wasOnlyReplaced = false }
    files["log"] = file
    came.append(file)
  }

  func write(_ number: Int, to file: File?) {
    guard let file else { return }
    record("write \(number)\(file === log ? "" : " to an old file")")
    var text = file.isTorn ? "\n" : ""
    file.isTorn = false
    if let half = file.half {
      text += String(Self.text(half).dropFirst(6)) + "\n"
      if !file.halfIsOver, file === log { add(half, to: file) }
      file.half = nil
      file.halfIsOver = false
    }
    for _ in 0..<number {
      text += Self.text(count) + "\n"
      add(count, to: file)
      count += 1
    }
    file.writer.write(text)
  }

  private func add(_ line: Int, to file: File) {
    file.lines.append(line)
    written.insert(line)
  }

  func writeHalf() {
    guard let log, log.half == nil else { return }
    record("write half a line")
    log.half = count
    halves += 1
    count += 1
    log.writer.write(String(Self.text(log.half!).prefix(6)))
  }

  /// Renames the log to `.1` and so on, keeping at most `keep` files; deletes it for 0.
  func rotate(keep: Int) {
    guard let log else { return }
    record("rotate, keep \(keep)")
    wasOnlyReplaced = false
    shift(keep: keep)
    files["log"] = nil
    if keep > 0 { files["log.1"] = log }
    bench.rotate("log", keep: keep)
  }

  private func shift(keep: Int) {
    files["log.\(keep)"] = nil
    for number in stride(from: keep - 1, through: 1, by: -1) {
      files["log.\(number + 1)"] = files["log.\(number)"]
      files["log.\(number)"] = nil
    }
  }

  /// Copies the log to `.1` and truncates it.
  func copyAndTruncate(keep: Int) {
    guard let log else { return }
    record("copy and truncate, keep \(keep)")
    bench.remove("log.\(keep)")
    for number in stride(from: keep - 1, through: 1, by: -1) {
      bench.rename("log.\(number)", "log.\(number + 1)")
    }
    shift(keep: keep)
    bench.copy("log", "log.1")
    let copy = File(LogWriter(bench.path("log.1")))
    copy.isCopy = true
    files["log.1"] = copy
    copies.append((copy, log, Array(log.unseen)))
    if !log.wasRead { traceless.formUnion(log.unseen) }
    cut(log)
  }

  func truncate() {
    guard let log else { return }
    record("truncate")
    if !log.wasRead { traceless.formUnion(log.unseen) }
    cut(log)
  }

  private func cut(_ file: File) {
    bench.truncate("log")
    file.lines = []
    file.wasCut = true
    file.seen = 0
    file.half = nil
    file.halfIsOver = false
  }

  func delete(_ name: String) {
    guard files[name] != nil else { return }
    record("delete \(name)")
    if name == "log" { wasOnlyReplaced = false }
    bench.remove(name)
    files[name] = nil
  }

  /// Renames the newest rotated file back.
  func renameBack() {
    guard log == nil, let old = files["log.1"], !old.isCopy, !old.wasForgotten else { return }
    record("rename back")
    wasOnlyReplaced = false
    bench.rename("log.1", "log")
    files["log.1"] = nil
    files["log"] = old
    if !old.isHeld, !came.contains(where: { $0 === old }) { came.append(old) }
  }
}

// MARK: - Expected results

extension LogWorld {
  /// Updates the expected results for a read.
  func read() {
    record("read")
    for (copy, original, lines) in copies
    where original.wasRead && original === newest && files.values.contains(where: { $0 === copy }) {
      promised.formUnion(lines)
    }
    copies = []
    // If copies only replaced one another, the last one contains everything.
    let isReplaced = wasOnlyReplaced && newest?.lines.isEmpty == false && log?.wasCut == false
    for file in came where !file.isHeld {
      if exists(file) {
        hold(file)
      } else if !file.isReplacement || !isReplaced {
        missed += 1
      }
    }
    came = []
    wasOnlyReplaced = true
    newest = log ?? newest
    for file in held {
      promised.formUnion(file.unseen)
      file.seen = file.lines.count
      file.wasRead = !file.lines.isEmpty
      file.isBeingReplaced = false
      file.wasCut = false
    }
  }

  private func exists(_ file: File) -> Bool { files.values.contains { $0 === file } }

  private func hold(_ file: File) {
    file.isHeld = true
    held.append(file)
  }

  /// Lets the timeout for incomplete lines of rotated files pass.
  func giveUpHalves() {
    record("seconds pass")
    for file in held where file !== log { file.halfIsOver = true }
  }

  /// Lets the time pass after which rotated files are closed.
  func forget() {
    record("a minute passes")
    for file in held where file !== log {
      file.isHeld = false
      file.wasForgotten = true
    }
    held.removeAll { $0 !== log }
  }
}
