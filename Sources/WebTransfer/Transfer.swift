import CCurl
import Glibc

/// A transfer by libcurl, which is loaded when it is first needed.
package struct Transfer {
  /// The longest response that is read, in bytes.
  private static let responseLimit = 64 * 1_024

  /// How a transfer has ended.
  package enum Ending: Equatable {
    /// The status of HTTP or SMTP.
    case answered(Int)
    /// The reason holds no secret.
    case failed(String)
    /// Another attempt would fail too.
    case refused(String)
  }

  private let url: String
  private let connectTimeout: Double
  private let totalTimeout: Double
  private let certificates: String?

  /// - Parameters:
  ///   - connectTimeout: the longest time until a connection is made, in seconds.
  ///   - totalTimeout: the longest time of the whole transfer, in seconds.
  ///   - certificates: a file with the certificates to trust; `nil` for those of the system.
  package init(
    _ url: String, connectTimeout: Double, totalTimeout: Double, certificates: String? = nil
  ) {
    self.url = url
    self.connectTimeout = connectTimeout
    self.totalTimeout = totalTimeout
    self.certificates = certificates
  }

  /// Posts to an `http` or `https` URL, and follows no redirect.
  package func post(_ body: [UInt8], headers: [String]) -> Ending {
    perform(protocols: "http,https", body) { request, texts in
      let pointers = headers.map { texts.pointer($0) }
      if pointers.count > 0 { request.headers.0 = pointers[0] }
      if pointers.count > 1 { request.headers.1 = pointers[1] }
      if pointers.count > 2 { request.headers.2 = pointers[2] }
      if pointers.count > 3 { request.headers.3 = pointers[3] }
    }
  }

  /// Sends a message to one recipient.
  ///
  /// - Parameter requiresEncryption: whether STARTTLS must succeed.
  package func mail(
    _ message: [UInt8], from sender: String, to recipient: String, login: (String, String)?,
    requiresEncryption: Bool
  ) -> Ending {
    perform(protocols: "smtp,smtps", message) { request, texts in
      request.mail_from = texts.pointer("<\(sender)>")
      request.mail_recipient = texts.pointer("<\(recipient)>")
      request.requires_tls = requiresEncryption ? 1 : 0
      if let (user, password) = login {
        request.user = texts.pointer(user)
        request.password = texts.pointer(password)
      }
    }
  }

  private func perform(
    protocols: String, _ body: [UInt8], _ prepare: (inout ccurl_request, CTexts) -> Void
  ) -> Ending {
    let texts = CTexts()
    var request = ccurl_request()
    request.url = texts.pointer(url)
    request.protocols = texts.pointer(protocols)
    request.connect_timeout = Int(connectTimeout * 1_000)
    request.total_timeout = Int(totalTimeout * 1_000)
    request.response_limit = Self.responseLimit
    if let certificates { request.ca_file = texts.pointer(certificates) }
    prepare(&request, texts)
    let result = body.withUnsafeBytes { bytes in
      request.body = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      request.body_size = bytes.count
      return withExtendedLifetime(texts) { ccurl_transfer(&request) }
    }
    return Self.ending(result)
  }

  /// The ending in words of our own: those of libcurl may contain the URL.
  private static func ending(_ result: ccurl_result) -> Ending {
    switch result.code {
    case 0: return .answered(Int(result.status))
    case CCURL_NO_LIBRARY: return .refused("libcurl.so.4 not found: install libcurl4")
    case CCURL_NO_MEMORY: return .failed("out of memory")
    case 6: return .failed("host not found")
    case 7:
      let code = Int32(truncatingIfNeeded: result.system_code)
      return .failed(
        code == 0 ? "could not connect" : String(cString: strerror(code)).lowercased())
    case 23: return .failed("the response is longer than \(responseLimit / 1_024) KiB")
    case 28: return .failed("timed out")
    case 35: return .failed("no encrypted connection could be made")
    case 60: return .failed("the server's certificate is not trusted")
    case 64: return .failed("the server offers no encryption")
    case 67:
      let reason = "the server refused the login"
      return result.status >= 500 ? .refused(reason) : .failed(reason)
    // A mail server's answer makes the transfer fail, which libcurl takes for a failed connection.
    case _ where result.status >= 400: return .answered(Int(result.status))
    case 52, 55, 56: return .failed("the connection was closed")
    default:
      let text = String(cString: ccurl_message(result.code))
      return .failed(text)
    }
  }
}

/// C strings that live as long as this object.
final class CTexts {
  private var texts: [UnsafeMutablePointer<CChar>] = []

  deinit { for text in texts { free(text) } }

  func pointer(_ text: String) -> UnsafePointer<CChar>? {
    guard let copy = strdup(text) else { return nil }
    texts.append(copy)
    return UnsafePointer(copy)
  }
}
