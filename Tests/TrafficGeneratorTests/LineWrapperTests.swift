import AccessLog
import Foundation
import Testing

@testable import TrafficGenerator

private let start = EpochSecond(1_773_476_813)
private let bare =
  #"192.0.2.6 - - [14/Mar/2026:08:26:53 +0000] "GET /a?x=<&> HTTP/1.1" 200 5 "-" "a\"b""#

/// Wraps a line that is written in the middle of a second.
private func wrapped(
  _ line: String = bare, in wrappers: [LineWrapper], zone: Int = 0, seed: UInt64 = 3
) -> String {
  var wrapping = LineWrapping(wrappers, seed: seed, zone: zone)
  var log: [UInt8] = []
  wrapping.append(
    Array(line.utf8)[...], at: WrittenMoment(second: start, index: 1, count: 2), to: &log)
  #expect(log.last == UInt8(ascii: "\n"))
  return String(decoding: log.dropLast(), as: UTF8.self)
}

/// The lines of a simulated log of ten seconds.
private func log(
  in wrappers: [LineWrapper], format: LineFormat = .combined, seed: UInt64 = 1, limit: Int = .max
) -> [String] {
  var irregularities = Irregularities()
  irregularities.garbageEvery = 9
  var stream = TrafficStream(
    plan: .steady(rate: 7.5, origin: start), start: start, seed: seed, format: format,
    irregularities: irregularities, wrappers: wrappers)
  var bytes: [UInt8] = []
  while stream.append(to: &bytes, through: start.advanced(by: 9), atMost: limit) {}
  return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
}

@Suite struct LineWrapperTests {
  /// Fractions are random: they are compared as `#`.
  @Test(arguments: [
    (LineWrapper.syslog, "Mar 14 09:26:53 web nginx: "),
    (.syslogISO, "2026-03-14T09:26:53.######+01:00 web nginx: "),
    (.syslog5424, "<190>1 2026-03-14T09:26:53.######+01:00 web nginx - - - "),
    (.cri, "2026-03-14T08:26:53.#########Z stdout F "), (.compose, "nginx  | "),
    (.swarm, "shop_nginx@node    | "), (.kubectl, "[pod/nginx-5c9d7/nginx] "),
    (.stern, "nginx-5c9d7 nginx "), (.colors, "\u{1B}[m"),
  ])
  func theLineFollowsWhatTheProgramPutsBeforeIt(wrapper: LineWrapper, prefix: String) {
    var line = wrapped(in: [wrapper], zone: 60)
    if wrapper == .colors {
      #expect(line.hasSuffix("\u{1B}[0m"))
      line.removeLast(4)
    }
    #expect(line.hasSuffix(bare))
    let shape = line.dropLast(bare.count)
      .replacing(/\.\d{6,9}/) { "." + String(repeating: "#", count: $0.output.count - 1) }
      .replacing(/web\d/, with: "web").replacing(/nginx-\d\b/, with: "nginx")
      .replacing(/\[[\d;]+m/, with: "[m").replacing(/nginx\.\d\.\w{6}@node\d/, with: "nginx@node")
      .replacing(/5c9d7-\w{5}/, with: "5c9d7")
    #expect(shape == prefix)
  }

  @Test func daysOfOneDigitAreFilledWithASpace() {
    var stamps = WrapperStamps(zone: -210)
    stamps.set(
      WrittenMoment(second: EpochSecond(1_772_596_800), index: 0, count: 1), random: 42_000)
    #expect(String(decoding: stamps.traditional, as: UTF8.self) == "Mar  4 00:30:00")
    #expect(
      String(decoding: stamps.microseconds, as: UTF8.self) == "2026-03-04T00:30:00.000042-03:30")
    #expect(
      String(decoding: stamps.nanoseconds, as: UTF8.self) == "2026-03-04T04:00:00.000042000Z")
    #expect(String(decoding: stamps.epochMicroseconds, as: UTF8.self) == "1772596800000042")
  }

  @Test(arguments: ["plain", bare, "tab\there", "\u{16}\u{3}\u{1}", "é", "back\\slash\\"])
  func jsonHoldsTheLine(line: String) throws {
    let docker = try object(wrapped(line, in: [.docker]))
    #expect(docker["log"] as? String == line + "\n")
    #expect(docker["stream"] as? String == "stdout")
    let journal = try object(wrapped(line, in: [.journal]))
    if line.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) {
      #expect(journal["MESSAGE"] as? String == line)
    } else {
      #expect(journal["MESSAGE"] as? [UInt8] == Array(line.utf8))
    }
    #expect((journal["_HOSTNAME"] as? String)?.hasPrefix("web") == true)
  }

  private func object(_ json: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
    return try #require(object as? [String: Any])
  }

  @Test func dockerEscapesWhatIsSpecialInHTML() {
    #expect(wrapped(in: [.docker]).contains(#"\"GET /a?x=\u003c\u0026\u003e HTTP/1.1\""#))
  }

  @Test func theFirstWrapperIsTheOutermost() {
    let line = wrapped(in: [.kubectl, .compose, .syslog])
    let pattern =
      /\[pod\/nginx-5c9d7-\w{5}\/nginx\] nginx-(\d)  \| Mar 14 08:26:53 web(\d) nginx: 192.*/
    let match = line.wholeMatch(of: pattern)
    #expect(match != nil, "\(line)")
    #expect(match?.1 == match?.2, "all name the same server")
    #expect(wrapped(in: [.docker, .journal]).hasPrefix(#"{"log":"{\"_HOSTNAME\":\"web"#))
    #expect(wrapped(in: []) == bare)
  }

  @Test(arguments: LineWrapper.allCases)
  func theLinesInsideAreThoseOfTheLogWithoutWrappers(wrapper: LineWrapper) throws {
    let bare = log(in: [])
    let lines = log(in: [wrapper])
    try #require(lines.count == bare.count && bare.count == 75)
    for (line, inner) in zip(lines, bare) {
      switch wrapper {
      case .docker: #expect(try object(line)["log"] as? String == inner + "\n")
      case .journal:
        let message = try object(line)["MESSAGE"]
        #expect(
          message as? String == inner || message as? [UInt8] == Array(inner.utf8), "\(line)")
      case .colors: #expect(line.hasSuffix(inner + "\u{1B}[0m"))
      default: #expect(line.hasSuffix(inner) && line != inner)
      }
    }
  }

  @Test(arguments: LineWrapper.allCases)
  func theSameSeedGivesTheSameLinesHoweverTheyAreSplit(wrapper: LineWrapper) {
    let whole = log(in: [wrapper, .syslogISO])
    #expect(whole == log(in: [wrapper, .syslogISO], limit: 1))
    #expect(whole == log(in: [wrapper, .syslogISO], limit: 7))
    #expect(whole != log(in: [wrapper, .syslogISO], seed: 2))
  }

  @Test func aHeaderIsWrappedToo() {
    let lines = log(in: [.compose], format: .csv)
    #expect(lines[0].contains(/^nginx-\d  \| "remotehost","rfc931"/))
  }

  @Test func linesComeFromSeveralServersInTheOrderOfTheirStamps() {
    let lines = log(in: [.cri, .compose], format: .csv)
    #expect(lines.map { $0.prefix(30) } == lines.map { $0.prefix(30) }.sorted())
    #expect(Set(lines.map { $0.prefix(30) }).count == lines.count)
    #expect(Set(lines.map { $0.dropFirst(40).prefix(7) }) == ["nginx-1", "nginx-2", "nginx-3"])
  }
}
