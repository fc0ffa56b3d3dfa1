import AccessLog
import WebTransfer

/// Sends notifications by mail.
final class MailSender: Sender {
  /// The interface of all mail systems for programs.
  private static let sendmail = "/usr/sbin/sendmail"

  private let route: MailRoute
  private let environment: [String: String]
  private let origin: Origin
  private let limits: DeliveryLimits
  private let clock: DeliveryClock
  private let program: ExecSender

  init(
    _ route: MailRoute, environment: [String: String], origin: Origin, limits: DeliveryLimits,
    clock: DeliveryClock, sendmail: String = MailSender.sendmail
  ) {
    self.route = route
    self.environment = environment
    self.origin = origin
    self.limits = limits
    self.clock = clock
    program = ExecSender(
      [sendmail, "-i", route.recipient], environment: environment, origin: origin,
      limits: limits, monotonic: clock.monotonic)
  }

  func send(_ notification: ActionNotification) -> SendResult {
    let sender = route.sender ?? "lm2000@\(origin.host)"
    let message = MailMessage(
      sender: sender, recipient: route.recipient, notification: notification, origin: origin,
      now: clock.wall()
    ).bytes
    switch route.transport {
    case .sendmail:
      // Programs read lines as files have them.
      let lines = message.filter { $0 != 0x0D }
      return program.run(input: lines, variables: program.commonVariables)
    case .smtp(let server, let login): return send(message, from: sender, server, login)
    }
  }

  func cancel() { program.cancel() }

  private func send(
    _ message: [UInt8], from sender: String, _ server: MailServer, _ login: MailLogin?
  ) -> SendResult {
    var credentials: (String, String)?
    if let login {
      do throws(SettingSource.Problem) {
        credentials = (login.user, try login.password.text(environment: environment))
      } catch {
        return .refused(error.reason)
      }
    }
    let ending = Transfer(
      server.url, connectTimeout: limits.connectTimeout, totalTimeout: limits.totalTimeout
    ).mail(
      message, from: sender, to: route.recipient, login: credentials,
      // A password never crosses a network in the clear.
      requiresEncryption: login != nil && !server.isEncrypted && !server.isLocal)
    switch ending {
    case .answered(200...299): return .sent
    case .answered(let status) where status >= 500: return .refused("status \(status)")
    case .answered(let status): return .failed("status \(status)")
    case .failed(let reason): return .failed(reason)
    case .refused(let reason): return .refused(reason)
    }
  }
}
