import AccessLog
import Glibc
import LogParsing

/// The zone of times that a log writes without one, as `--log-zone` names it: an offset such as
/// `+01:00`, `UTC`, or a zone of the IANA database such as `Europe/Paris`.
package struct NamedZone: Equatable, Sendable {
  /// From this instant on the offset, in seconds east of UTC, up to the next change.
  package struct Change: Equatable, Sendable {
    var instant: EpochSecond
    var offset: Int

    package init(_ instant: EpochSecond, offset: Int) {
      self.instant = instant
      self.offset = offset
    }
  }

  /// In order; the first one holds for all times before it too.
  let changes: [Change]

  /// - Parameter changes: in order, at least one.
  package init(changes: [Change]) {
    self.changes = changes
  }

  /// For a zone of the database it sets the zone of the process for a moment, so it is made at the
  /// start of the program.
  ///
  /// - Returns: `nil` if there is no such zone.
  package init?(_ text: String) {
    if let offset = TimeArgument.offset(text) {
      changes = [Change(EpochSecond(0), offset: offset)]
    } else {
      guard let changes = Self.changes(ofZone: text) else { return nil }
      self.changes = changes
    }
  }

  /// The offset at an instant, in seconds east of UTC.
  ///
  /// - Complexity: O(log of the changes).
  func offset(_ instant: EpochSecond) -> Int {
    var (low, high) = (0, changes.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if changes[middle].instant <= instant { low = middle } else { high = middle }
    }
    return changes[low].offset
  }

  /// The moment at which the clocks of the zone show a time: the first of two, or the moment at which
  /// the clocks skip it.
  package func instant(_ time: CivilTime) -> EpochSecond {
    ZoneClock(offset: offset).first(showing: time)
  }

  /// Converts the times of a log.
  var assumedZone: AssumedZone { AssumedZone(instant: instant) }

  // MARK: - The database

  /// The years whose changes are known; earlier and later times have the nearest offset.
  private static let years = 1900...2100
  /// How far apart the database is asked. No zone has changed its offset twice within a week.
  private static let step: Int64 = 7 * 86_400

  /// The changes of a zone, from the C library, which knows the database.
  private static func changes(ofZone name: String) -> [Change]? {
    guard isInDatabase(name) else { return nil }
    let before = getenv("TZ").map { String(cString: $0) }
    setenv("TZ", name, 1)
    tzset()
    defer {
      if let before { setenv("TZ", before, 1) } else { unsetenv("TZ") }
      tzset()
    }
    var instant = CivilTime(year: years.lowerBound, month: 1, day: 1).epochSecond
    let end = CivilTime(year: years.upperBound, month: 12, day: 31).epochSecond
    var changes = [Change(instant, offset: LocalZone.offset(instant))]
    while instant < end {
      let next = instant.advanced(by: step)
      let offset = LocalZone.offset(next)
      if let last = changes.last, offset != last.offset {
        changes.append(
          Change(firstInstant(of: offset, between: instant, next), offset: offset))
      }
      instant = next
    }
    return changes
  }

  /// The first instant with an offset between one with another offset and one that has it.
  private static func firstInstant(
    of offset: Int, between before: EpochSecond, _ after: EpochSecond
  ) -> EpochSecond {
    var (before, after) = (before, after)
    while after.seconds(since: before) > 1 {
      let middle = before.advanced(by: after.seconds(since: before) / 2)
      if LocalZone.offset(middle) == offset { after = middle } else { before = middle }
    }
    return after
  }

  /// Whether the database has a zone of that name. The C library itself takes any unknown name for
  /// UTC.
  private static func isInDatabase(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != UInt8(ascii: "/"), !name.contains("..") else {
      return false
    }
    let folder = getenv("TZDIR").map { String(cString: $0) } ?? "/usr/share/zoneinfo"
    guard let file = fopen(folder + "/" + name, "re") else { return false }
    defer { fclose(file) }
    var magic = [UInt8](repeating: 0, count: 4)
    return fread(&magic, 1, 4, file) == 4 && magic == Array("TZif".utf8)
  }
}
