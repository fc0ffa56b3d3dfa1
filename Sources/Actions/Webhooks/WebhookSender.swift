import AccessLog
import WebTransfer

/// Posts notifications to a URL.
final class WebhookSender: Sender {
  private let url: SettingSource
  private let style: WebhookStyle
  private let environment: [String: String]
  private let origin: Origin
  private let limits: DeliveryLimits
  private let wall: @Sendable () -> EpochSecond
  private let certificates: String?

  /// - Parameters:
  ///   - environment: the variables of this process, which may hold the URL.
  ///   - certificates: a file with the certificates to trust; `nil` for those of the system.
  init(
    _ url: SettingSource, _ style: WebhookStyle, environment: [String: String], origin: Origin,
    limits: DeliveryLimits, wall: @escaping @Sendable () -> EpochSecond,
    certificates: String? = nil
  ) {
    self.url = url
    self.style = style
    self.environment = environment
    self.origin = origin
    self.limits = limits
    self.wall = wall
    self.certificates = certificates
  }

  func send(_ notification: ActionNotification) -> SendResult {
    switch style {
    case .generic: post(notification.body(origin, fieldLimit: ClippedText.fieldLimit))
    case .slack: post(WebhookBody.slack(notification, origin))
    case .alertmanager:
      // A summary is no alert. Those that it counts are sent when active alerts are sent again.
      notification.state.isAlert
        ? post(WebhookBody.alertmanager([notification], now: wall())) : .sent
    }
  }

  func refresh(_ active: [ActionNotification]) {
    guard style == .alertmanager, !active.isEmpty else { return }
    _ = post(WebhookBody.alertmanager(active, now: wall()))
  }

  private func post(_ body: [UInt8]) -> SendResult {
    let address: WebAddress
    do throws(SettingSource.Problem) {
      address = try url.webAddress(environment: environment)
    } catch {
      return .refused(error.reason)
    }
    var target = address.text
    if style == .alertmanager, !address.hasPath {
      target += (target.hasSuffix("/") ? "" : "/") + "api/v2/alerts"
    }
    let transfer = Transfer(
      target, connectTimeout: limits.connectTimeout, totalTimeout: limits.totalTimeout,
      certificates: certificates)
    let headers = [
      "Content-Type: application/json", "User-Agent: lm2000/\(origin.version)", "Expect:",
    ]
    switch transfer.post(body, headers: headers) {
    case .answered(let status): return Self.result(status)
    case .failed(let reason): return .failed(reason)
    case .refused(let reason): return .refused(reason)
    }
  }

  /// The result of an HTTP status. A server that refuses the request would refuse it again, unless it
  /// is busy (408, 425, 429).
  private static func result(_ status: Int) -> SendResult {
    switch status {
    case 200...299: .sent
    case 300...399: .refused("redirect refused")
    case 408, 425, 429: .failed("status \(status)")
    case 400...499: .refused("status \(status)")
    default: .failed("status \(status)")
    }
  }
}
