import Foundation
import Testing

/// Zones of the database, for times that a log writes without one. Making one sets the zone of the
/// process for a moment, so they are tested with the program itself.
@Suite(.ownThreads) struct LogZoneTests {
  @Test(arguments: [
    ("Europe/Paris", 1_782_900_000, 1_795_604_400),
    ("Asia/Kathmandu", 1_782_886_500, 1_795_587_300),
    ("America/New_York", 1_782_921_600, 1_795_626_000), ("UTC", 1_782_907_200, 1_795_608_000),
  ])
  func timesAreInTheZone(zone: String, summer: Int, winter: Int) throws {
    let folder = try Folder()
    for time in ["01/Jul/2026 12:00:00", "25/Nov/2026:12:00:00"] {
      try folder.append("10.0.0.1 - - [\(time)] \"GET /a HTTP/1.1\" 200 5\n", to: "a.log")
    }
    // The zone of the machine stays what it was.
    let command = "TZ=Asia/Tokyo \(Built.program) --log-zone \(zone)"
    let json = try Ended.running("\(command) --output ndjson \(folder.path("a.log"))").output
    #expect(json.contains("\"first\":\(summer),\"last\":\(winter)}"), "\(json)")
    let text = try Ended.running(
      "\(command) --log-zone +09:00 --output text \(folder.path("a.log"))")
    #expect(text.output.contains("2026-07-01 12:00:00 to 2026-11-25 12:00:00"), "\(text.output)")
  }

  @Test func anUnknownZoneIsWrongUsage() throws {
    let ended = try Ended.running("\(Built.program) --log-zone Mars/Olympus x.log")
    #expect(ended.status == 2)
    #expect(ended.errors.contains("--log-zone: 'Mars/Olympus' is not an offset"), "\(ended.errors)")
  }
}
