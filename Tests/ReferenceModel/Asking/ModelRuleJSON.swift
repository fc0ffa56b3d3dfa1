extension ModelRuleAlert {
  /// The event of it.
  ///
  /// - Parameter changes: the JSON of what grew.
  func json(_ rule: ModelRule, changes: String) -> String {
    var json = "{\"event\":\"alert\",\"rule\":\(jsonString(Array(rule.name.utf8))),"
    json += "\"state\":\"\(since == nil ? "triggered" : "recovered")\",\"time\":\(second),"
    json += "\"value\":\(rule.numberText(value)),\"hits\":\(hits),\"window\":\(rule.window),"
    json += "\"threshold\":\(rule.limit.shortText(places: 9)),"
    if let since { json += "\"duration\":\(second - since)," }
    json += "\"message\":\(jsonString(message(rule)))"
    if let name { json += ",\"key\":\(jsonString(name))" }
    return json + (since == nil ? ",\"changes\":\(changes)}" : "}")
  }

  private func message(_ rule: ModelRule) -> [UInt8] {
    let key = name.map { Array(" (".utf8) + $0 + Array(")".utf8) } ?? []
    var text = ": \(rule.metric.text) \(rule.messageText(value))"
    if let since {
      text += ", recovered at \(isoTime(second)), lasted \(durationText(second - since))"
    } else {
      text += " \(rule.isAbove ? ">" : "<") \(rule.limit.shortText(places: 9))"
      text += ", triggered at \(isoTime(second))"
    }
    return Array(rule.name.utf8) + key + Array(text.utf8)
  }
}

extension ModelRule {
  /// A value as a number.
  fileprivate func numberText(_ value: ModelNumber) -> String {
    metric.isPercentile ? value.threeDigitText : value.shortText(places: 2)
  }

  /// A value in a message: with exactly two decimals, or a latency.
  fileprivate func messageText(_ value: ModelNumber) -> String {
    metric.isPercentile ? value.threeDigitText : fixedDecimal(value.rounded(places: 2))
  }
}
