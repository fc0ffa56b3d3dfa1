import ReferenceModel

/// Puts a wrapper, or several, around a hostile line.
enum HostileWrapper {
  /// The line in up to seven wrappers; readers take off eight.
  static func wrap(_ line: HostileLine, _ random: inout RandomSource) -> HostileLine {
    var wrapped = line
    wrapped.text = innermost(line, &random)
    for _ in 0..<5 where random.chance(200) { wrapped.text = outer(wrapped.text, &random) }
    guard random.chance(150) else { return wrapped }
    if String(validating: wrapped.text, as: UTF8.self) == nil {
      // JSON holds text only: what is none is replaced.
      wrapped.truth.section = Array(String(decoding: wrapped.truth.section, as: UTF8.self).utf8)
    }
    wrapped.text = docker(String(decoding: wrapped.text, as: UTF8.self), &random)
    return wrapped
  }

  /// Some wrappers are only told by the line that follows.
  private static func innermost(
    _ line: HostileLine, _ random: inout RandomSource
  ) -> [UInt8] {
    let hasClearStart =
      line.client.startsWithAddress || line.virtualHost.contains(":")
      || line.client.isList && line.virtualHost.isEmpty
    if random.chance(100), line.client.isAddress {
      return Array("nginx-5c9d7-x2k8p nginx ".utf8) + line.text
    }
    if random.chance(100), hasClearStart {
      return Array((stamp(&random) + random.pick(["", "web1 "])).utf8) + line.text
    }
    return outer(line.text, &random)
  }

  /// Wrappers around anything.
  private static func outer(_ line: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    let host = random.pick(["web1", "db-2.example.org", "192.0.2.10", "nginx"])
    let tag = random.pick(["nginx: ", "nginx[123]: ", "docker/web-1[77]: ", "apache2: "])
    let zone = random.pick(["Z", "+01:00"])
    let iso = "2026-11-25T12:00:01.482913417"
    let prefix =
      switch random.number(0...8) {
      case 0, 1: stamp(&random) + random.pick(["", "\(host) "]) + tag
      case 2: "<190>1 \(iso)\(zone) \(random.pick([host, "-"])) nginx 12 - \(data(&random)) "
      case 3: "\(iso)\(zone) \(random.pick(["stdout", "stderr"])) F "
      case 4: random.pick(["nginx-1  | ", "shop_nginx.1.q7r2m9@node1    | "])
      case 5: "[\(random.pick(["pod", "deployment"]))/nginx-5c9d7-x2k8p/nginx] "
      case 6: "\u{1B}[36mnginx-1  | \u{1B}[0m"
      case 7: random.pick(["\u{1B}[1;33m", "  \u{1B}[38;5;208m ", "\u{1B}[m"])
      default: ""
      }
    guard !prefix.isEmpty else { return journal(line, &random) }
    let end = prefix.hasSuffix("m") && random.chance(700) ? "\u{1B}[0m" : ""
    return Array(prefix.utf8) + line + Array(end.utf8)
  }

  private static func stamp(_ random: inout RandomSource) -> String {
    let priority = random.pick(["", "<190>", "<0>"])
    return priority
      + random.pick([
        "Nov 25 12:00:01 ", "Nov  5 12:00:01 ", "Nov 25 2026 12:00:01 ", "Nov 25 12:00:01.482913 ",
        "2026-11-25T12:00:01Z ", "2026-11-25T12:00:01.482913+01:00 ", "2026-11-25T12:00:01 ",
      ])
  }

  /// The structured data of RFC 5424.
  private static func data(_ random: inout RandomSource) -> String {
    random.pick(["-", "[a@1 k=\"v\"]", "[a@1 k=\"] - \\\" \\\\\" l=\"\\]\"][b@1]"])
  }
}

// MARK: - JSON

extension HostileWrapper {
  private static func docker(_ line: String, _ random: inout RandomSource) -> [UInt8] {
    let members = [
      "\"log\":\"\(escaped(line.unicodeScalars, &random))\\n\"", "\"stream\":\"stdout\"",
      "\"time\":\"2026-11-25T12:00:01.482913417Z\"",
    ]
    return object(members, &random)
  }

  /// A line of the journal; as an array of bytes if it is no text.
  private static func journal(_ line: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    var message = "[" + line.map { String($0) }.joined(separator: ", ") + "]"
    if let text = String(validating: line, as: UTF8.self), random.chance(800) {
      message = "\"\(escaped(text.unicodeScalars, &random))\""
    }
    let members = [
      "\"MESSAGE\":\(message)", "\"_HOSTNAME\":\"web1\"", "\"PRIORITY\":\"6\"",
      "\"_CMDLINE\":\"nginx \\\"MESSAGE\\\":\"", "\"N\":[{\"MESSAGE\":null},-1.5e3,true]",
    ]
    return object(members, &random)
  }

  private static func object(_ members: [String], _ random: inout RandomSource) -> [UInt8] {
    var members = members
    for index in members.indices.reversed() { members.swapAt(index, random.number(0...index)) }
    return Array("{\(members.joined(separator: random.pick([",", " , "])))}".utf8)
  }

  private static func escaped(
    _ text: String.UnicodeScalarView, _ random: inout RandomSource
  ) -> String {
    var escaped = ""
    for scalar in text {
      if scalar == "\"" || scalar == "\\" {
        escaped += "\\" + String(scalar)
      } else if scalar.value < 0x20 || random.chance(20) {
        for unit in UTF16.encode(scalar)! {
          let digits = String(unit, radix: 16)
          escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
