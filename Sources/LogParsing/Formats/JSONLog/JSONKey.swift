import AccessLog

/// The members of a JSON object that are read. Those of one meaning stand together, in the order in
/// which they take precedence.
enum JSONKey: Int {
  // Time.
  case time, atTimestamp, timeLocal, timeISO8601, ts, msec, startUTC
  // Status.
  case status, downstreamStatus
  // Bytes.
  case bytes, bodyBytesSent, size, downstreamContentSize
  // Latency.
  case requestTime, duration, traefikDuration
  // Client. Caddy writes the peer as `remote_ip`, and as `client_ip` whom it stands for.
  case remoteAddr, clientIP, remoteIP, client, clientHost
  case innerRemoteAddr, innerClientIP, innerRemoteIP
  // Request.
  case request
  // Method.
  case method, requestMethod, traefikMethod, innerMethod
  // Target.
  case uri, path, requestURI, traefikPath, innerURI
  // Virtual host.
  case host, requestHost, innerHost
  // User.
  case remoteUser, user, userID, clientUsername
  // Referrer.
  case httpReferer, referrer, requestReferer, innerReferer
  // User agent.
  case httpUserAgent, userAgent, requestUserAgent, innerUserAgent

  /// The number of keys.
  static var count: Int { JSONKey.innerUserAgent.rawValue + 1 }

  /// Whether a value that is not text may be read.
  var allowsNumber: Bool { rawValue <= JSONKey.traefikDuration.rawValue }

  /// The member as one of a set.
  var bit: UInt64 { 1 &<< UInt64(truncatingIfNeeded: rawValue) }

  /// What is read in the object `request`, as a set.
  static var innerBits: UInt64 {
    innerRemoteAddr.bit | innerClientIP.bit | innerRemoteIP.bit | innerMethod.bit | innerURI.bit
      | innerHost.bit | innerReferer.bit | innerUserAgent.bit
  }
}

/// What members of a JSON object mean: a set of them.
struct JSONMeaning {
  /// A bit for each key.
  let keys: UInt64

  @inline(__always)
  private init(_ first: JSONKey, _ last: JSONKey) {
    // All bits from the first to the last, which is not the uppermost one.
    keys = (last.bit &<< 1) &- first.bit
  }

  static var time: JSONMeaning { JSONMeaning(.time, .startUTC) }
  static var status: JSONMeaning { JSONMeaning(.status, .downstreamStatus) }
  static var bytes: JSONMeaning { JSONMeaning(.bytes, .downstreamContentSize) }
  static var latency: JSONMeaning { JSONMeaning(.requestTime, .traefikDuration) }
  static var client: JSONMeaning { JSONMeaning(.remoteAddr, .innerRemoteIP) }
  static var request: JSONMeaning { JSONMeaning(.request, .request) }
  static var method: JSONMeaning { JSONMeaning(.method, .innerMethod) }
  static var target: JSONMeaning { JSONMeaning(.uri, .innerURI) }
  /// The request line, or any part of it.
  static var anyRequest: JSONMeaning { JSONMeaning(.request, .innerURI) }
  static var host: JSONMeaning { JSONMeaning(.host, .innerHost) }
  static var user: JSONMeaning { JSONMeaning(.remoteUser, .clientUsername) }
  static var referrer: JSONMeaning { JSONMeaning(.httpReferer, .innerReferer) }
  static var agent: JSONMeaning { JSONMeaning(.httpUserAgent, .innerUserAgent) }
}

extension JSONKey {
  /// The members of the line's object.
  static let names: KeyValuePairs<StaticString, JSONKey> = [
    "time": .time, "@timestamp": .atTimestamp, "time_local": .timeLocal,
    "time_iso8601": .timeISO8601, "ts": .ts, "msec": .msec, "StartUTC": .startUTC,
    "status": .status, "DownstreamStatus": .downstreamStatus,
    "bytes": .bytes, "body_bytes_sent": .bodyBytesSent, "size": .size,
    "DownstreamContentSize": .downstreamContentSize,
    "request_time": .requestTime, "duration": .duration, "Duration": .traefikDuration,
    "remote_addr": .remoteAddr, "client_ip": .clientIP, "remote_ip": .remoteIP, "client": .client,
    "ClientHost": .clientHost,
    "request": .request,
    "method": .method, "request_method": .requestMethod, "RequestMethod": .traefikMethod,
    "uri": .uri, "path": .path, "request_uri": .requestURI, "RequestPath": .traefikPath,
    "host": .host, "RequestHost": .requestHost,
    "remote_user": .remoteUser, "user": .user, "user_id": .userID,
    "ClientUsername": .clientUsername,
    "http_referer": .httpReferer, "referrer": .referrer, "request_Referer": .requestReferer,
    "http_user_agent": .httpUserAgent, "user_agent": .userAgent,
    "request_User-Agent": .requestUserAgent,
  ]

  /// The members of the object `request`, as Caddy writes it.
  static let innerNames: KeyValuePairs<StaticString, JSONKey> = [
    "remote_addr": .innerRemoteAddr, "client_ip": .innerClientIP, "remote_ip": .innerRemoteIP,
    "method": .innerMethod, "uri": .innerURI, "host": .innerHost,
  ]

  /// The members of the object `headers` in it.
  static let headerNames: KeyValuePairs<StaticString, JSONKey> = [
    "Referer": .innerReferer, "User-Agent": .innerUserAgent,
  ]
}
