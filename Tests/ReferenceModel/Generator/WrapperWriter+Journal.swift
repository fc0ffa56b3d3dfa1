/// The journal of systemd as JSON lines.
let journalWrappers = [
  WrapperWriter("journal JSON") { line, name, random in
    [journalObject(jsonText(line, &random), host: name, &random)]
  },
  WrapperWriter("journal JSON with bytes") { line, name, random in
    [journalObject(jsonBytes(line, &random), host: name, &random)]
  },
]

private func journalObject(
  _ message: [UInt8], host: String, _ random: inout RandomSource
) -> [UInt8] {
  var members: [JSONMember] = [
    ("MESSAGE", message), ("_HOSTNAME", Array("\"\(host)\"".utf8)),
    ("PRIORITY", Array("\"6\"".utf8)),
  ]
  if random.chance(500) { members.append(("_PID", Array("\"812\"".utf8))) }
  if random.chance(300) { members.append(("_TIMESTAMP", Array("\"1795608001000000\"".utf8))) }
  if random.chance(200) { members.append(("log", Array(#""no line of a log\n""#.utf8))) }
  if random.chance(200) {
    members.append(("x", Array(#"[1.5e-3, {"MESSAGE": "\uD83D\uDE00"}, true, null, {}, []]"#.utf8)))
  }
  return jsonObject(members, decoy: "MESSAGE", &random)
}

/// A key and its value as it is written.
typealias JSONMember = (key: String, value: [UInt8])

/// An object with its keys in any order.
///
/// - Parameter decoy: a key that may stand in it a first time, with another value.
func jsonObject(
  _ members: [JSONMember], decoy: String, _ random: inout RandomSource
) -> [UInt8] {
  var members = members
  for index in members.indices.dropLast() {
    members.swapAt(index, random.number(index...(members.count - 1)))
  }
  if random.chance(50) {
    members.insert((decoy, Array(random.pick(["5", "\"x\\n\"", "[\"y\"]"]).utf8)), at: 0)
  }
  let (comma, colon) = random.pick([(",", ":"), (",", ":"), (", ", ": "), (" ,\t", " :  ")])
  let parts = members.map { member in
    jsonText(Array(member.key.utf8), &random, escapes: 0) + Array(colon.utf8) + member.value
  }
  return Array("{".utf8) + parts.joined(separator: Array(comma.utf8)) + Array("}".utf8)
}

/// The bytes as an array of numbers.
func jsonBytes(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
  let separator = random.pick([",", ", "])
  return Array("[\(text.map { String($0) }.joined(separator: separator))]".utf8)
}

/// The text as a JSON string. Bytes that are not UTF-8 are kept.
///
/// - Parameter escapes: how many of a thousand characters are escaped that need not be.
func jsonText(
  _ text: [UInt8], _ random: inout RandomSource, escapes: Int = 20
) -> [UInt8] {
  var result = Array("\"".utf8)
  let short: [UInt8: String] = [
    0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r", 0x22: "\\\"", 0x5C: "\\\\",
  ]
  for byte in text {
    let isChosen = byte < 0x80 && random.chance(escapes)
    if let escape = short[byte], !isChosen {
      result += Array(escape.utf8)
    } else if byte < 0x20 || isChosen || (byte < 0x80 && Array("<>&".utf8).contains(byte)) {
      let hex = String(byte, radix: 16, uppercase: random.chance(300))
      result += Array("\\u00\(hex.count == 1 ? "0" : "")\(hex)".utf8)
    } else {
      result.append(byte)
    }
  }
  return result + Array("\"".utf8)
}
