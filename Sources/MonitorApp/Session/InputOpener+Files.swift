import AccessLog
import Engine
import LogInput
import LogParsing

// Files with their rotated generations.

extension InputOpener {
  /// The generations before the newest one, in the order of their first records. With `--tail` only
  /// the newest is read.
  mutating func olderSources(_ history: LogHistory) -> [any RewindableSource] {
    guard options.tail == nil else { return [] }
    var sources: [(source: any RewindableSource, time: EpochSecond)] = []
    for path in history.older {
      if let plain = history.plainName(of: path), FileCopies.isCompressed(path, copyOf: plain) {
        note(path, .compressedCopy(of: plain))
        continue
      }
      do throws(InputFailure) {
        let source = try RecordedLog.open(path: path)
        // Another reader, so that no decompressed blocks wait until the generation's turn.
        let probe = try RecordedLog.open(path: path)
        // Where there is no record, the names decide.
        let time =
          FirstRecord.time(of: probe, format: options.namedFormat, options.parsing)
          ?? sources.last?.time ?? EpochSecond(.min)
        sources.append((source, time))
      } catch {
        fail(path, error)
      }
    }
    // By time, and by name where the times are the same.
    return sources.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element.source)
  }

  /// A followed log, after its older generations.
  func input(older: [any RewindableSource], _ newest: FollowedFile) -> Input {
    let history = older.isEmpty ? nil : HistorySource(older, newest)
    var input = Input(
      reader: BlockReader(source: history ?? newest, memory: memory), path: newest.path)
    input.size = { history?.size(ofNewest: newest.length) ?? newest.length }
    input.state = { newest.state }
    input.drainNotices = { history?.drainNotices() ?? newest.drainNotices() }
    input.hasFailed = { history?.hasFailed ?? false }
    input.lastRecord = lastRecord([newest.path] + older.reversed().map(\.path))
    return input
  }

  /// A followed log that continues where an earlier run stopped.
  mutating func continued(
    _ path: Name, _ log: LogContinuation.Log
  ) throws(InputFailure) -> Input {
    let newest = followed(path, resuming: log.resumed)
    try newest.start()
    let history = log.resumed.older.isEmpty ? nil : HistorySource(log.resumed.older, newest)
    let source = ResumedSource(history ?? newest, log.resumed, known: log.resumption.known)
    var input = Input(reader: BlockReader(source: source, memory: memory), path: path)
    let skipped = log.resumed.skipped
    input.size = {
      guard let history else { return newest.length }
      return history.size(ofNewest: newest.length).map { $0 - skipped }
    }
    input.state = { newest.state }
    input.drainNotices = { source.drainNotices() }
    input.hasFailed = { history?.hasFailed ?? false }
    input.lastRecord = lastRecord([path])
    input.resumption = log.resumption
    return input
  }

  /// A recorded log, after its older generations.
  ///
  /// - Parameters:
  ///   - path: the name of the log.
  ///   - place: where it is read.
  func input(
    older: [any RewindableSource], _ newest: any RewindableSource, _ path: Name,
    readAt place: Name
  ) throws(InputFailure) -> Input {
    if let lines = options.tail { try newest.seekToLast(lines: lines) }
    let start = newest.position
    let rewind: (Int64) -> Void = { newest.seek(to: start + $0) }
    let history = older.isEmpty ? nil : HistorySource(older, newest, rewind: rewind)
    let seek = history.map { history in { history.seek(to: $0) } } ?? rewind
    var input = Input(
      reader: BlockReader(source: history ?? newest, memory: memory, seek: seek), path: path)
    input.size = {
      let size = newest.estimatedSize - start
      return history?.size(ofNewest: size) ?? size
    }
    input.drainNotices = { history?.drainNotices() ?? newest.drainNotices() }
    input.hasFailed = { history?.hasFailed ?? false }
    input.lastRecord = lastRecord([place] + older.reversed().map(\.path))
    return input
  }

  /// Reads the last record of the first of some files that has one.
  private func lastRecord(
    _ paths: [Name]
  ) -> (NamedFormat?, ParsingOptions, EpochSecond) -> LastRecord? {
    { format, options, limit in
      for path in paths {
        guard let log = try? RecordedLog.open(path: path),
          let last = try? LastRecord.find(in: log, format: format, options, notAfter: limit)
        else { continue }
        return last
      }
      return nil
    }
  }
}
