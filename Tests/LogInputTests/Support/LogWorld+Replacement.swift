import AccessLog
import Glibc

@testable import LogInput

// Logs that are replaced by a copy of themselves, or rewritten as one.

extension LogWorld {
  /// Replaces the log by a copy, in one step.
  func replace() {
    guard let log, canBeReplaced(log) else { return }
    record("replace by a copy")
    bench.append(bench.contents("log"), to: "new")
    let isReplacement = wasOnlyReplaced && (log.isHeld || log.isReplacement)
    bench.rename("new", "log")
    succeed(log).isReplacement = isReplacement
  }

  /// Deletes the log, calls `between`, and creates a copy of the log.
  func deleteAndRestore(between: () throws -> Void) rethrows {
    guard let log, canBeReplaced(log) else { return }
    let text = bench.contents("log")
    delete("log")
    try between()
    record("restore")
    bench.append(text, to: "log")
    _ = succeed(log)
  }

  /// A file that was renamed back since the last read is not the one that was read last, and a file
  /// of which nothing was read cannot be recognized in a copy.
  private func canBeReplaced(_ log: File) -> Bool {
    !log.isHeld || log === newest && (log.wasRead || log.lines.isEmpty)
  }

  private func succeed(_ old: File) -> File {
    let file = File(LogWriter(bench.path("log")))
    file.lines = old.lines
    file.half = old.half
    file.wasCut = !old.isHeld && old.wasCut
    file.seen = old.isHeld ? old.lines.count : old.seen
    // If nothing of the incomplete line was read, it is read from both files.
    if old.half != nil { halves += 1 }
    old.isTorn = old.half != nil
    old.half = nil
    old.isBeingReplaced = true
    files["log"] = file
    came.append(file)
    return file
  }

  /// Truncates the log and rewrites its content; calls `between` when a part is written.
  func rewrite(between: () throws -> Void) rethrows {
    guard let log, log === newest else { return }
    let text = bench.contents("log")
    // An incomplete copy must not end with a line end, or it could be mistaken for a complete one.
    let part = text.prefix(text.count * 2 / 3).reversed().drop { $0 == "\n" }.reversed()
    record("truncate, and write \(part.count) of \(text.count) bytes anew")
    let (lines, seen, wasRead) = (log.lines, log.seen, log.wasRead)
    bench.truncate("log")
    bench.append(String(part), to: "log")
    log.lines = []
    log.seen = 0
    try between()
    record("write the rest")
    bench.append(String(text.dropFirst(part.count)), to: "log")
    (log.lines, log.seen, log.wasRead) = (lines, seen, wasRead)
  }
}
