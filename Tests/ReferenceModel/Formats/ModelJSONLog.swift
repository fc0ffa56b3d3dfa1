// Logs of one JSON object a line: the keys of nginx, Apache and Traefik, and those of Caddy, which
// describes the request in an object of its own. One reader reads both.

/// Judges a line.
func judgeJSON(_ line: [UInt8], zone: Int64) -> Judgement {
  guard let object = jsonObject(line) else { return .rejected(.shape) }
  let inner = object["request"] ?? .object([])
  if case .object = inner, object["request"] != nil { LineBranch.requestObject.reach() }
  guard
    let time = object.value(of: [
      "time", "@timestamp", "time_local", "time_iso8601", "ts", "msec", "StartUTC",
    ]),
    let client = object.text(of: ["remote_addr", "client_ip", "remote_ip", "client", "ClientHost"])
      ?? inner.text(of: ["client_ip", "remote_ip"]),
    let status = object.value(of: ["status", "DownstreamStatus"]),
    let request = jsonRequest(object, inner)
  else { return .rejected(.shape) }
  let bytes = object.value(of: ["bytes", "body_bytes_sent", "size", "DownstreamContentSize"])
  let raw = RawFields(
    client: clientName(client), time: bracketTime(withoutExponent(time), zone: zone),
    request: request, status: status, bytes: bytes ?? Array("-".utf8),
    extras: jsonExtras(object, inner))
  return raw.judgement
}

/// Whether the line is one of Caddy.
func isCaddy(_ line: [UInt8]) -> Bool {
  guard case .object = jsonObject(line)?["request"] else { return false }
  return true
}

/// The object that a line is, with nothing but white space around it.
private func jsonObject(_ line: [UInt8]) -> ModelJSONValue? {
  func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
  var text = Array(line.drop(while: isSpace))
  while let last = text.last, isSpace(last) { text.removeLast() }
  guard text.first == UInt8(ascii: "{") else { return nil }
  return ModelJSONValue(text)
}

extension ModelJSONValue {
  /// The first of these keys whose value is a string.
  fileprivate func text(of keys: [String]) -> [UInt8]? {
    for key in keys {
      if case .string(let text) = self[key] {
        if key != keys[0] { LineBranch.laterKey.reach() }
        return text
      }
    }
    return nil
  }

  /// The first of these keys that has a value, which is `null` nowhere: a number or a string as text.
  /// Anything else is no number, so that an empty text stands for it.
  fileprivate func value(of keys: [String]) -> [UInt8]? {
    for key in keys {
      switch self[key] {
      case nil, .literal("null"): continue
      case .string(let text), .number(let text): return text
      default: return []
      }
    }
    return nil
  }
}

private func jsonRequest(_ object: ModelJSONValue, _ inner: ModelJSONValue) -> ModelRequest? {
  if let line = object.text(of: ["request"]) { return ModelRequest(line) }
  let method =
    object.text(of: ["method", "request_method", "RequestMethod"]) ?? inner.text(of: ["method"])
  let target =
    object.text(of: ["uri", "path", "request_uri", "RequestPath"]) ?? inner.text(of: ["uri"])
  if method == nil && target == nil { return nil }
  return ModelRequest(method: method ?? [], target: target ?? [])
}

private func jsonExtras(_ object: ModelJSONValue, _ inner: ModelJSONValue) -> ModelExtras {
  let headers = inner["headers"] ?? .object([])
  let referrer =
    object.text(of: ["http_referer", "referrer", "request_Referer"])
    ?? headerText(headers["Referer"])
  let agent =
    object.text(of: ["http_user_agent", "user_agent", "request_User-Agent"])
    ?? headerText(headers["User-Agent"])
  return ModelExtras(
    host: cleanClient(object.text(of: ["host", "RequestHost"]) ?? inner.text(of: ["host"]) ?? []),
    user: object.text(of: ["remote_user", "user", "user_id", "ClientUsername"]) ?? [],
    referrer: referrer ?? [], agent: agent ?? [], latency: jsonLatency(object))
}

private func jsonLatency(_ object: ModelJSONValue) -> Int64? {
  if let text = object.value(of: ["request_time", "duration"]) {
    return duration(withoutExponent(text))
  }
  guard let text = object.value(of: ["Duration"]).map(withoutExponent) else { return nil }
  return latency(text, in: .nanoseconds) ?? duration(text)
}

/// A header as a string, or the first of an array of them.
private func headerText(_ value: ModelJSONValue?) -> [UInt8]? {
  switch value {
  case .string(let text): text
  case .array(let values): values.first.flatMap { headerText($0) }
  default: nil
  }
}

/// A JSON number without an exponent, `-0` as `0`; anything else as it is.
func withoutExponent(_ text: [UInt8]) -> [UInt8] {
  guard case .number = ModelJSONValue(text) else { return text }
  var cursor = ModelCursor(text)
  let isNegative = cursor.take("-")
  var whole = cursor.run(where: isDigit)
  var fraction = cursor.take(".") ? cursor.run(where: isDigit) : []
  let zero = UInt8(ascii: "0")
  if (whole + fraction).allSatisfy({ $0 == zero }) { return [zero] }
  if cursor.takeOne(of: ["e", "E"]) != nil {
    LineBranch.exponent.reach()
    let isDown = cursor.takeOne(of: ["+", "-"]) == "-"
    // Beyond a thousand, no number is one of seconds; and none of them differs from zero.
    let places = min(wholeNumber(cursor.rest) ?? 1000, 1000)
    for _ in 0..<places {
      if isDown {
        fraction.insert(whole.popLast() ?? zero, at: 0)
      } else {
        whole.append(fraction.isEmpty ? zero : fraction.removeFirst())
      }
    }
  }
  whole = Array(whole.drop { $0 == zero })
  let digits =
    (whole.isEmpty ? [zero] : whole) + (fraction.isEmpty ? [] : Array(".".utf8) + fraction)
  return (isNegative ? Array("-".utf8) : []) + digits
}
