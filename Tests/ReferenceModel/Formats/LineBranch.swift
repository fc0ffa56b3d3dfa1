/// What a line can be that is read in a way of its own. Generated logs must contain each of them
/// often enough for a comparison to mean anything.
package enum LineBranch: String, CaseIterable, Sendable {
  // Clients.
  case clientList, listPartSkipped, listWithoutClient
  case quotesDropped, bracketsDropped, portDropped

  // The common-log family.

  case quotedList, leadingQuote
  case virtualHostByPort, virtualHostByAddress, virtualHostByDot
  case severalSpaces, noSpaceAfterRequest
  /// The request holds a quote that is not escaped, ends in a backslash, or no status follows it.
  case rawQuoteInRequest, requestEndsInBackslash, requestBeforeOtherText
  case epochInBrackets, isoTime, spaceInTime, fraction, timeWithoutZone

  // Other formats.

  /// An object within the object of a JSON log, a key that is not the usual one, and an exponent.
  case requestObject, laterKey, exponent
  /// A directive of a W3C log that names columns or not, columns that are never named, fields between
  /// tabs, and strings in quotes.
  case columnsNamed, otherDirective, columnsUnseen, tabs, quotedColumn
  /// A duration with a unit, and the time that Traefik writes last.
  case durationWithUnit, traefikTime
  /// What follows the fields that a format string needs, and a line that begins with a time.
  case layoutTail, ownTime

  // Wrappers.

  case leadingColors, trailingColors, allColorsRemoved
  case journal, journalBytes, docker, dockerPiece, containerRuntime, containerRuntimePiece
  case syslog5424, structuredData, syslog3164, isoStamp, journalStamp, priority
  case tagWithoutStamp
  /// What follows the time of a syslog line: a tag, a host name and a tag, two of them and a tag, an
  /// address, a host name, or anything else.
  case tag, hostAndTag, twoHostsAndTag, addressAfterTime, hostAfterTime, textAfterTime
  case kubectl, compose, stern
  case nested, deeplyNested
  /// Pieces that are joined, or that never come to their end.
  case joinedPieces, unfinishedPieces
  /// A second name whose format is detected, and a line of a name without a format.
  case formatOfName, nameWithoutFormat
  case headerInWrapper, blankInWrapper, rejectedInWrapper

  /// Records the branches that are reached.
  final class Recorder: @unchecked Sendable {
    fileprivate(set) var branches: Set<LineBranch> = []
  }

  @TaskLocal static var recorder: Recorder?

  /// Marks the branch as reached, if branches are recorded.
  func reach() {
    Self.recorder?.branches.insert(self)
  }
}
