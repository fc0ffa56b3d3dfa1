/// A text in the classic exposition format of Prometheus, version 0.0.4.
struct ExpositionText {
  /// What a metric is to Prometheus.
  enum Kind: String { case counter, gauge, histogram }

  /// A label of a series; its value need not be escaped.
  typealias Label = (name: String, value: String)

  private(set) var text = ""
  private var name = ""

  init() { text.reserveCapacity(16_384) }

  /// Begins a metric, whose series follow.
  mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  /// Adds a series of the metric.
  ///
  /// - Parameters:
  ///   - value: a number as it is written.
  ///   - suffix: what follows the name, for the series of a histogram.
  mutating func add(_ value: String, _ labels: [Label] = [], suffix: String = "") {
    text += name
    text += suffix
    if !labels.isEmpty {
      text += "{"
      for (index, label) in labels.enumerated() {
        if index > 0 { text += "," }
        text += label.name
        text += "=\""
        text += LabelText.escaped(label.value)
        text += "\""
      }
      text += "}"
    }
    text += " "
    text += value
    text += "\n"
  }

  /// Adds a series of the metric.
  mutating func add(_ value: Int, _ labels: [Label] = []) { add("\(value)", labels) }
}
