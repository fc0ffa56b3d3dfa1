// Formats events as lines of JSON.

/// A name as a JSON string, with invalid UTF-8 repaired and control characters escaped.
func jsonString(_ bytes: [UInt8]) -> String {
  var text = "\""
  for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
    switch scalar.value {
    case 0x22: text += "\\\""
    case 0x5C: text += "\\\\"
    case 0x08: text += "\\b"
    case 0x09: text += "\\t"
    case 0x0A: text += "\\n"
    case 0x0C: text += "\\f"
    case 0x0D: text += "\\r"
    case 0x00...0x1F, 0x7F...0x9F:
      let hex = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + "\""
}

func startJSON(path: String, format: String?) -> String {
  startJSON(paths: [path], formats: [format])
}

func startJSON(paths: [String], formats: [String?]) -> String {
  let sources = zip(paths, formats).map { path, format in
    let name = format.map { jsonString(Array($0.utf8)) } ?? "null"
    return "{\"path\":\(jsonString(Array(path.utf8))),\"format\":\(name)}"
  }
  return "{\"event\":\"start\",\"sources\":[\(sources.joined(separator: ","))]}"
}

func intervalJSON(
  _ hits: [ModelRecord], from: Int64, to: Int64, partial: Bool, options: ModelOptions
) -> String {
  let rate = shortDecimal(hundredths(hits: hits.count, seconds: to - from))
  return "{\"event\":\"interval\",\"from\":\(from),\"to\":\(to),\"hits\":\(hits.count),"
    + "\"rate\":\(rate),\(commonFigures(hits, options: options)),\"partial\":\(partial)"
    + "\(furtherFigures(hits, options: options))}"
}

/// The figures of all hits, each after a comma: what an interval says of its own.
func totalsJSON(_ hits: [ModelRecord], options: ModelOptions) -> String {
  ",\(commonFigures(hits, options: options))\(furtherFigures(hits, options: options))"
}

private func commonFigures(_ hits: [ModelRecord], options: ModelOptions) -> String {
  let status = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"].map { name in
    "\"\(name)\":\(hits.filter { statusClass($0.status) == name }.count)"
  }
  let methods = ranking(hits.compactMap { hit in hit.request.methodName.map { Array($0.utf8) } })
    .map { "\(jsonString($0.name)):\($0.hits)" }
  return "\"bytes\":\(byteSum(hits)),\"status\":{\(status.joined(separator: ","))},"
    + "\"methods\":{\(methods.joined(separator: ","))},"
    + "\"sections\":[\(rows(hits, top: options.top) { $0.request.section })],"
    + "\"clients\":[\(clientRows(hits, top: options.top))]"
}

private func furtherFigures(_ hits: [ModelRecord], options: ModelOptions) -> String {
  ",\"unique_clients\":\(Set(hits.map(\.client)).count)\(latencyJSON(hits))"
    + otherRankings(hits, options: options)
}

func statusClass(_ status: Int?) -> String {
  guard let status, status >= 100, status <= 599 else { return "other" }
  return "\(status / 100)xx"
}

func byteSum(_ hits: [ModelRecord]) -> Int64 {
  hits.reduce(0) { saturatingSum($0, $1.bytes) }
}

/// How an alert changes.
enum ModelAlertChange {
  /// - Parameter changes: the JSON of what grew.
  case triggered(changes: String)
  /// - Parameter since: the second of the trigger.
  case recovered(since: Int64)

  fileprivate var name: String {
    if case .triggered = self { "triggered" } else { "recovered" }
  }
}

func alertJSON(
  hits: Int, at second: Int64, _ change: ModelAlertChange, options: ModelOptions
) -> String {
  let value = hundredths(hits: hits, seconds: options.window)
  var json = "{\"event\":\"alert\",\"rule\":\"high-traffic\","
  json += "\"state\":\"\(change.name)\",\"time\":\(second),"
  json += "\"value\":\(shortDecimal(value)),\"hits\":\(hits),\"window\":\(options.window),"
  json += "\"threshold\":\(Decimal(options.threshold).shortText),"
  switch change {
  case .recovered(let since):
    json += "\"duration\":\(second - since),"
    json += "\"message\":\"Traffic recovered - hits = \(fixedDecimal(value)), "
    json += "recovered at \(isoTime(second)), lasted \(durationText(second - since))\"}"
  case .triggered(let changes):
    json += "\"message\":\"High traffic generated an alert - hits = \(fixedDecimal(value)), "
    json += "triggered at \(isoTime(second))\",\"changes\":\(changes)}"
  }
  return json
}
