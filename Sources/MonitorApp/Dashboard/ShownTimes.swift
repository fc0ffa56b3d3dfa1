import AccessLog
import DashboardModel

extension TimeDisplay {
  static let local = TimeDisplay(zone: "local") { LocalZone.offset($0) }

  static func log(_ zone: LogZone) -> TimeDisplay {
    TimeDisplay(zone: "log") { _ in zone.offset }
  }
}
