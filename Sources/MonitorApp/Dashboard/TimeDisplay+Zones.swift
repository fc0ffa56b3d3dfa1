import AccessLog
import DashboardModel

extension TimeDisplay {
  /// In the zone of the machine.
  static let local = TimeDisplay(zone: localZone) { LocalZone.offset($0) }

  /// In the zone that the log writes.
  static func log(_ zone: LogZone) -> TimeDisplay {
    TimeDisplay(zone: "log") { _ in zone.offset }
  }
}
