import AccessLog
import Glibc

@testable import LogInput

// A log that is replaced by a copy of itself, or written anew as one.

extension LogWorld {
  /// Puts a copy in the place of the log, in one step.
  func replace() {
    guard let log, canBeReplaced(log) else { return }
    did("replace by a copy")
    bench.append(bench.contents("log"), to: "new")
    let isReplacement = wasOnlyReplaced && (log.isHeld || log.isReplacement)
    bench.rename("new", "log")
    succeed(log).isReplacement = isReplacement
  }

  /// Deletes the log, and makes a copy of it; calls `between` before that.
  func deleteAndRestore(between: () throws -> Void) rethrows {
    guard let log, canBeReplaced(log) else { return }
    let text = bench.contents("log")
    delete("log")
    try between()
    did("restore")
    bench.append(text, to: "log")
    _ = succeed(log)
  }

  /// One that was renamed back since the last look is not the last one that was read, and one of
  /// which nothing was read has no copy.
  private func canBeReplaced(_ log: File) -> Bool {
    !log.isHeld || log === newest && (log.wasRead || log.lines.isEmpty)
  }

  private func succeed(_ old: File) -> File {
    let file = File(LogWriter(bench.path("log")))
    file.lines = old.lines
    file.half = old.half
    file.wasCut = !old.isHeld && old.wasCut
    file.seen = old.isHeld ? old.lines.count : old.seen
    // Where nothing was read yet, both are read.
    if old.half != nil { halves += 1 }
    old.isTorn = old.half != nil
    old.half = nil
    old.isBeingReplaced = true
    files["log"] = file
    came.append(file)
    return file
  }

  /// Empties the log and writes it anew with what was in it; calls `between` when a part is there.
  func rewrite(between: () throws -> Void) rethrows {
    guard let log, log === newest else { return }
    let text = bench.contents("log")
    // A copy that stops at the end of a line may be taken for a finished one.
    let part = text.prefix(text.count * 2 / 3).reversed().drop { $0 == "\n" }.reversed()
    did("truncate, and write \(part.count) of \(text.count) bytes anew")
    let (lines, seen, wasRead) = (log.lines, log.seen, log.wasRead)
    bench.truncate("log")
    bench.append(String(part), to: "log")
    log.lines = []
    log.seen = 0
    try between()
    did("write the rest")
    bench.append(String(text.dropFirst(part.count)), to: "log")
    (log.lines, log.seen, log.wasRead) = (lines, seen, wasRead)
  }
}
