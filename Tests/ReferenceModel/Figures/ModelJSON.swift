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
  _ hits: [ModelRecord], from: Int64, to: Int64, partial: Bool, top: Int
) -> String {
  let rate = shortDecimal(hundredths(hits: hits.count, seconds: to - from))
  let status = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"].map { name in
    "\"\(name)\":\(hits.filter { statusClass($0.status) == name }.count)"
  }
  let methods = ranking(hits.compactMap { hit in methodName(hit.request).map { Array($0.utf8) } })
    .map { "\(jsonString($0.name)):\($0.hits)" }
  return "{\"event\":\"interval\",\"from\":\(from),\"to\":\(to),\"hits\":\(hits.count),"
    + "\"rate\":\(rate),\"bytes\":\(byteSum(hits)),\"status\":{\(status.joined(separator: ","))},"
    + "\"methods\":{\(methods.joined(separator: ","))},"
    + "\"sections\":[\(sectionRows(hits, top: top))],"
    + "\"clients\":[\(clientRows(hits, top: top))],\"partial\":\(partial),"
    + "\"unique_clients\":\(Set(hits.map(\.client)).count)}"
}

private func sectionRows(_ hits: [ModelRecord], top: Int) -> String {
  let bySection = Dictionary(grouping: hits) { sectionName($0.request) }
  let rows = ranking(hits.map { sectionName($0.request) }).prefix(top).map { row in
    let ofSection = bySection[row.name]!
    let clientErrors = ofSection.filter { statusClass($0.status) == "4xx" }.count
    let serverErrors = ofSection.filter { statusClass($0.status) == "5xx" }.count
    return "{\"name\":\(jsonString(row.name)),\"hits\":\(row.hits),"
      + "\"bytes\":\(byteSum(ofSection)),\"client_errors\":\(clientErrors),"
      + "\"server_errors\":\(serverErrors)}"
  }
  return rows.joined(separator: ",")
}

private func clientRows(_ hits: [ModelRecord], top: Int) -> String {
  ranking(hits.map(\.client)).prefix(top)
    .map { "{\"name\":\(jsonString($0.name)),\"hits\":\($0.hits)}" }
    .joined(separator: ",")
}

/// The names by descending number of occurrences, then bytewise by name.
private func ranking(_ names: [[UInt8]]) -> [(name: [UInt8], hits: Int)] {
  Dictionary(grouping: names) { $0 }
    .map { (name: $0.key, hits: $0.value.count) }
    .sorted { a, b in
      a.hits != b.hits ? a.hits > b.hits : a.name.lexicographicallyPrecedes(b.name)
    }
}

private func statusClass(_ status: Int?) -> String {
  guard let status, status >= 100, status <= 599 else { return "other" }
  return "\(status / 100)xx"
}

private func byteSum(_ hits: [ModelRecord]) -> Int64 {
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
