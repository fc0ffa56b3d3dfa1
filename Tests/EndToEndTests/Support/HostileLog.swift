import Testing

/// A log with hostile texts: for each text, one line per field with the text in that field.
struct HostileLog: Sendable, CustomTestStringConvertible {
  let format: String
  let bytes: [UInt8]

  var testDescription: String { format }

  /// A log of each format with the same texts.
  static func all(_ texts: [[UInt8]]) -> [HostileLog] {
    [
      HostileLog(
        "common", texts, #"HOST - USER [23/Nov/2026:17:00:09 +0000] "METHOD /PATH/x PROTO" 200 5"#),
      HostileLog(
        "combined", texts,
        #"HOST - USER [23/Nov/2026:17:00:09 +0000] "METHOD /PATH/x PROTO" 200 5 "REF" "AGENT""#),
      HostileLog(
        "vcombined", texts,
        #"VHOST HOST - USER [23/Nov/2026:17:00:09 +0000] "METHOD /PATH/x PROTO" 200 5 "REF" "AGENT""#
      ),
      HostileLog("csv", texts, #""HOST","-","USER",1795453209,"METHOD /PATH/x PROTO",200,5"#),
    ]
  }

  private static let fields = [
    "VHOST": "example.org:443", "HOST": "10.0.0.1", "USER": "dana", "METHOD": "GET", "PATH": "a",
    "PROTO": "HTTP/1.1", "REF": "-", "AGENT": "ua",
  ]

  private init(_ format: String, _ texts: [[UInt8]], _ template: String) {
    self.format = format
    var bytes: [UInt8] = []
    // The first line determines the format.
    bytes += Self.line(template, "", []) + [10]
    for text in texts {
      for field in Self.fields.keys.sorted() where template.contains(field) {
        bytes += Self.line(template, field, text) + [10]
      }
      // Lines that match no format.
      bytes += text + [10] + text + Self.line(template, "", []).prefix(20) + [10]
    }
    self.bytes = bytes
  }

  /// The template with a text in one field and ordinary values in the others.
  private static func line(_ template: String, _ field: String, _ text: [UInt8]) -> [UInt8] {
    var line: [UInt8] = []
    var word = ""
    func end() {
      line += word == field && !word.isEmpty ? text : Array((fields[word] ?? word).utf8)
      word = ""
    }
    for character in template {
      if character.isUppercase, word.allSatisfy(\.isUppercase) {
        word.append(character)
      } else {
        end()
        line += Array(String(character).utf8)
      }
    }
    end()
    return line
  }
}
