import AccessLog
import Glibc

@testable import LogInput

/// A log in a directory of its own, everything that may happen to it, and beside it the plain truth:
/// which lines a reader that is asked now and then must have seen, and how many files it cannot have.
///
/// It knows nothing of how reading is done, only what a reader can hold on to: the file that had the
/// name when it was asked, and whatever still has a name of a rotation.
final class LogWorld {
  final class File {
    let writer: LogWriter
    /// Whole lines that are in it now.
    var lines: [Int] = []
    /// A line that is begun.
    var half: Int?
    /// Its beginning may have been given alone, as a file that is over is.
    var halfIsOver = false
    /// How many of `lines` were there when the reader last looked.
    var seen = 0
    var isHeld = false
    /// The reader has read of what is in it, so that it can tell when that is gone.
    var wasRead = false
    var wasForgotten = false
    var isCopy = false
    /// A copy of it has the name now, and was written since the last look.
    var isBeingReplaced = false
    /// It replaced the file that the reader held, or one that did, before anything else happened.
    var isReplacement = false
    var wasCut = false
    /// It ends with half a line that is finished elsewhere.
    var isTorn = false

    init(_ writer: LogWriter) { self.writer = writer }

    var unseen: ArraySlice<Int> { lines[seen...] }
  }

  let bench = Workbench()
  var files: [String: File] = [:]
  private(set) var told: [String] = []
  /// Lines that must have been seen by now.
  private(set) var promised: Set<Int> = []
  /// Files that came and went between two looks.
  private(set) var missed = 0
  /// Lines that are gone and left no trace: the file was cut short before anything of it was read.
  private(set) var traceless: Set<Int> = []
  private(set) var written: Set<Int> = []
  /// How many lines were ever begun and not finished at once.
  var halves = 0
  private(set) var count = 0
  private var held: [File] = []
  /// The file that had the name when the reader last looked, or before that.
  var newest: File?
  /// Came under the name since the last look.
  var came: [File] = []
  private var copies: [(name: File, of: File, lines: [Int])] = []
  /// Nothing happened to the name since the last look but that copies replaced each other.
  var wasOnlyReplaced = true

  static func text(_ line: Int) -> String { "line-\(1_000_000 + line)." }

  var log: File? { files["log"] }
  var slowWriter: File? { held.last { $0 !== log && !$0.isCopy && !$0.isBeingReplaced } }

  func did(_ words: String) { told.append(words) }
}

// MARK: - What happens

extension LogWorld {
  func create(renaming: Bool) {
    guard log == nil else { return }
    did(renaming ? "create by renaming" : "create")
    let file = File(LogWriter(bench.path(renaming ? "new" : "log")))
    if renaming { bench.rename("new", "log") } else { wasOnlyReplaced = false }
    files["log"] = file
    came.append(file)
  }

  func write(_ number: Int, to file: File?) {
    guard let file else { return }
    did("write \(number)\(file === log ? "" : " to an old file")")
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
    did("write half a line")
    log.half = count
    halves += 1
    count += 1
    log.writer.write(String(Self.text(log.half!).prefix(6)))
  }

  /// Renames the log to `.1` and so on, keeping so many, or deletes it where none is kept.
  func rotate(keep: Int) {
    guard let log else { return }
    did("rotate, keep \(keep)")
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

  /// Copies the log to `.1` and cuts it short.
  func copyAndTruncate(keep: Int) {
    guard let log else { return }
    did("copy and truncate, keep \(keep)")
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
    did("truncate")
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
    did("delete \(name)")
    if name == "log" { wasOnlyReplaced = false }
    bench.remove(name)
    files[name] = nil
  }

  /// Renames the newest of the old files back.
  func turnBack() {
    guard log == nil, let old = files["log.1"], !old.isCopy, !old.wasForgotten else { return }
    did("rename back")
    wasOnlyReplaced = false
    bench.rename("log.1", "log")
    files["log.1"] = nil
    files["log"] = old
    if !old.isHeld, !came.contains(where: { $0 === old }) { came.append(old) }
  }
}

// MARK: - What a reader must have seen

extension LogWorld {
  /// The reader is asked now.
  func look() {
    did("read")
    for (copy, original, lines) in copies
    where original.wasRead && original === newest && files.values.contains(where: { $0 === copy }) {
      promised.formUnion(lines)
    }
    copies = []
    // One copy after the other, the last of which has all that was in those before.
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

  /// So much time passed that half a line of an old file is not waited for any more.
  func giveUpHalves() {
    did("seconds pass")
    for file in held where file !== log { file.halfIsOver = true }
  }

  /// So much time passed that old files are let go.
  func forget() {
    did("a minute passes")
    for file in held where file !== log {
      file.isHeld = false
      file.wasForgotten = true
    }
    held.removeAll { $0 !== log }
  }
}
