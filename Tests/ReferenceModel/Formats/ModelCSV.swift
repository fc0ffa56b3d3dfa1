private let quote = UInt8(ascii: "\"")
private let comma = UInt8(ascii: ",")

/// The columns of a CSV log without a header.
let usualColumns = ["remotehost", "rfc931", "authuser", "date", "request", "status", "bytes"]
  .map { Array($0.utf8) }

/// Judges a line of a CSV log with known columns.
func judgeCSV(_ line: [UInt8], columns: [[UInt8]]) -> Judgement {
  guard let fields = csvFields(line) else { return .rejected(.shape) }
  let names = fields.map(lowercased)
  if ["remotehost", "date", "status"].allSatisfy({ names.contains(Array($0.utf8)) }) {
    return .header(names)
  }
  guard fields.count == columns.count else { return .rejected(.shape) }
  func field(_ name: String) -> [UInt8] {
    guard let index = columns.firstIndex(of: Array(name.utf8)) else { return Array("-".utf8) }
    return fields[index]
  }
  let raw = RawFields(
    client: clientName(field("remotehost")), time: epochTime(field("date")),
    request: ModelRequest(field("request")), status: field("status"), bytes: field("bytes"),
    extras: ModelExtras(user: field("authuser")))
  return raw.judgement
}

/// The RFC 4180 fields of a line; `nil` if a quote is not closed, or text follows a closing quote.
private func csvFields(_ line: [UInt8]) -> [[UInt8]]? {
  var fields: [[UInt8]] = []
  var rest = line[...]
  while true {
    var field: [UInt8] = []
    if rest.first == quote {
      rest = rest.dropFirst()
      while true {
        guard let byte = rest.first else { return nil }
        rest = rest.dropFirst()
        if byte != quote {
          field.append(byte)
        } else if rest.first == quote {
          field.append(quote)
          rest = rest.dropFirst()
        } else {
          break
        }
      }
    } else {
      field = Array(rest.prefix { $0 != comma })
      rest = rest.dropFirst(field.count)
    }
    fields.append(field)
    if rest.isEmpty { return fields }
    if rest.first != comma { return nil }
    rest = rest.dropFirst()
  }
}

func lowercased(_ text: [UInt8]) -> [UInt8] {
  text.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 + 32 : $0 }
}
