import AccessLog
import EventOutput

/// The tags that all points of a run have: whoever writes to the same database with other figures has
/// other ones, so that no series has two values at the same time.
package struct SeriesTags: Equatable, Sendable {
  /// The tags in the line protocol, each with a comma in front.
  let text: [UInt8]
  /// Identifies them in the name of a file: 16 hexadecimal digits.
  let key: String

  /// - Parameters:
  ///   - host: the name of this machine.
  ///   - logs: the logs that are read.
  ///   - interval: the length of an interval in seconds.
  ///   - filter: the filter as it was written; `nil` if all records count.
  package init(host: String, logs: [Name], interval: Int64, filter: String?) {
    var text: [UInt8] = []
    func append(_ name: String, _ value: [UInt8]) {
      text += ",\(name)=".utf8
      TagValue.append(value, to: &text)
    }
    if let filter { append("filter", Array(filter.utf8)) }
    append("host", Array(host.utf8))
    append("interval", Array(String(interval).utf8))
    append("log", Array(logs.map(\.bytes).joined(separator: [UInt8(ascii: " ")])))
    self.text = text
    key = String(EventID(fields: [String(decoding: text, as: UTF8.self)]).text.prefix(16))
  }
}
