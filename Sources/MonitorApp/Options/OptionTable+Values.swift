import AccessLog
import Conditions
import InfluxOutput
import KafkaTransfer
import LogParsing
import TrafficAnalysis
import WebTransfer

// The values of options.

extension OptionTable {
  /// The result of parsing a condition or a rule.
  static func grammar<Value>(
    _ option: String, _ text: String, _ parse: () throws(GrammarError) -> Value
  ) throws(UsageError) -> Value {
    do throws(GrammarError) {
      return try parse()
    } catch {
      throw .badExpression(option: option, text: text, error)
    }
  }

  /// Parses the names of dimensions. Methods are always counted, so nothing is to be done for them.
  static func dimensions(_ text: String) throws(UsageError) -> [Dimension] {
    var dimensions: [Dimension] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) where name != "method"
    {
      guard let dimension = Dimension(named: String(name)) else {
        let names = Dimension.reportOrder.map { "\($0.profile.name)" } + ["method"]
        throw .badValue(
          option: "--rank", text: text, expected: "some of " + names.joined(separator: ", "))
      }
      if !dimensions.contains(dimension) { dimensions.append(dimension) }
    }
    return dimensions
  }

  static func wholeNumber(
    _ text: String, _ option: String, from minimum: Int64
  ) throws(UsageError) -> Int64 {
    guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int64(text),
      value >= minimum
    else { throw .badValue(option: option, text: text, expected: "a whole number from \(minimum)") }
    // Longer than any span of time, and small enough that no sum with a time overflows.
    return min(value, 1_000_000_000_000)
  }

  /// Parses digits with at most one decimal point.
  static func decimal(
    _ text: String, _ option: String, allowsZero: Bool = false
  ) throws(UsageError) -> Double {
    let isPlain = text.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
    guard isPlain, let value = Double(text), value.isFinite, value > 0 || allowsZero else {
      throw .badValue(
        option: option, text: text, expected: allowsZero ? "a number from 0" : "a number above 0")
    }
    return value
  }

  static func checkFormat(_ text: String) throws(UsageError) {
    do throws(FormatStringError) {
      guard try NamedFormat(text) == nil else { return }
    } catch {
      throw .badFormat(error.reason)
    }
    throw .badValue(
      option: "--format", text: text, expected: "a format; lm2000 --formats lists them")
  }

  /// Parses where intervals are sent. The error does not repeat the URL, which may be a secret.
  static func influx(_ text: String) throws(UsageError) -> SettingSource {
    do throws(InfluxAddress.Problem) {
      return try InfluxAddress.source(text)
    } catch {
      throw .conflict(object: "--influx", reason: error.message)
    }
  }

  /// Adds a setting of Kafka. The error does not repeat the value, which may be a secret.
  static func kafka(_ text: String, _ options: inout Options) throws(UsageError) {
    do throws(KafkaSettings.Problem) {
      try options.kafka.add(text)
    } catch {
      throw .conflict(object: "--kafka", reason: error.message)
    }
  }

  /// Parses the address of a topic.
  static func topic(_ text: String, _ option: String) throws(UsageError) -> KafkaAddress {
    do throws(KafkaAddress.Problem) {
      return try KafkaAddress(parsing: text)
    } catch {
      guard KafkaAddress.isTopic(Name(text)) else {
        throw .badValue(
          option: option, text: text, expected: "- or a topic, such as kafka://BROKER/TOPIC")
      }
      throw .badExpression(option: option, text: text, GrammarError(error.message, at: error.index))
    }
  }

  static func time(_ text: String, _ option: String) throws(UsageError) -> TimeArgument {
    guard let time = TimeArgument(text) else {
      throw .badValue(
        option: option, text: text,
        expected: "a time; try epoch seconds, 2026-03-14T08:26:53Z, 08:26 or 10m")
    }
    return time
  }
}
