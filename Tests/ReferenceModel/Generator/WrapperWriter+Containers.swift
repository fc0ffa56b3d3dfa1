/// What container engines and their tools write before a line.
let containerWrappers = [
  WrapperWriter("Docker json-file") { line, _, random in
    let stream = random.pick(["stdout", "stderr"])
    return randomPieces(line + [10], &random).filter { !$0.isEmpty }.map { piece in
      dockerObject(piece, stream: stream, &random)
    }
  },
  WrapperWriter("container runtime") { line, _, random in
    let stream = random.pick(["stdout", "stderr"])
    let pieces = randomPieces(line, &random)
    return pieces.indices.map { index in
      let flag = index == pieces.count - 1 ? "F" : "P"
      let more = random.chance(50) ? ":x" : ""
      let time = "2026-11-25T12:00:0\(random.number(0...9)).123456789"
      let zone = random.pick(["Z", "+01:00"])
      return Array("\(time)\(zone) \(stream) \(flag)\(more) ".utf8) + pieces[index]
    }
  },
  prefixWrapper("docker compose") { name, random in
    name + random.pick([" ", "  ", "        "]) + "| "
  },
  prefixWrapper("docker compose with colors") { name, random in
    let color = "\u{1B}[\(random.pick(["36", "33;1", "38;5;6"]))m"
    return random.pick([
      "\(color)\(name)  | \u{1B}[0m", "\(color)\(name) |\u{1B}[0m ", "\(color)\(name)\u{1B}[0m  | ",
    ])
  },
  prefixWrapper("docker swarm") { name, random in
    "\(name).1.k3x9qh2m@node-2" + random.pick(["    | ", " | "])
  },
  prefixWrapper("kubectl") { name, random in
    random.pick(["[pod/\(name)/nginx] ", "[pod/\(name)/side-car] "])
  },
  prefixWrapper("stern", needsAddress: true) { name, random in
    name + random.pick([" nginx ", " side-car "])
  },
  prefixWrapper("stern with colors", needsAddress: true) { name, random in
    let end = random.pick(["\u{1B}[0m", "\u{1B}[0;22m"])
    return "\u{1B}[38;5;2m\(name)\(end) \u{1B}[36mnginx\(end) "
  },
]

private func dockerObject(
  _ text: [UInt8], stream: String, _ random: inout RandomSource
) -> [UInt8] {
  var members: [JSONMember] = [
    ("log", jsonText(text, &random)), ("stream", Array("\"\(stream)\"".utf8)),
    ("time", Array("\"2026-11-25T12:00:01.123456789Z\"".utf8)),
  ]
  if random.chance(200) {
    members.append(("attrs", Array(#"{"tag":"web","log":"x\n","MESSAGE":[1]}"#.utf8)))
  }
  return jsonObject(members, decoy: "log", &random)
}
