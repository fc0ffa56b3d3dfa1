/// Writes generated lines of JSON logs: those with the usual keys, and those of Caddy.
struct JSONLineWriter {
  let isCaddy: Bool
  /// How many of a thousand members are odd.
  let oddity: Int
  /// How many of a thousand members are written in one of the less usual ways.
  let variety: Int
  let clients: ClientWriter
  let stamps: StampWriter
  let requests: RequestWriter
  let facts: FactWriter

  func line(at time: Int64, _ random: inout RandomSource) -> [UInt8] {
    var members = isCaddy ? caddyMembers(time, &random) : usualMembers(time, &random)
    if random.chance(oddity) { members.remove(at: random.number(0...(members.count - 1))) }
    if random.chance(variety) { members.append((random.pick(otherKeys), nested(&random))) }
    if random.chance(oddity) { members.append((random.pick(usualKeys), odd(&random))) }
    return jsonObject(members, decoy: random.pick(members).key, &random)
  }

  private func usualMembers(_ time: Int64, _ random: inout RandomSource) -> [JSONMember] {
    var members: [JSONMember] = []
    let clock =
      random.chance(variety)
      ? stamps.stamp(time, &random) : random.pick([isoTime(time), "\(time).5"])
    add(usually: "time", or: timeKeys, text(clock, &random), to: &members, &random)
    add(
      usually: "remote_addr", or: clientKeys, text(clients.client(&random), &random),
      to: &members, &random)
    let request = requests.request(&random)
    if random.chance(700) {
      members.append(("request", text(request, &random)))
    } else {
      let words = request.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      let keys = random.pick([
        ("method", "uri"), ("method", "path"), ("RequestMethod", "RequestPath"),
      ])
      members.append((keys.0, text(words[0], &random)))
      members.append((keys.1, text(words.count > 1 ? words[1] : "", &random)))
    }
    add(
      usually: "status", or: ["DownstreamStatus"], text(facts.status(&random), &random),
      to: &members, &random)
    add(usually: "bytes", or: sizeKeys, text(facts.bytes(&random), &random), to: &members, &random)
    addFurther(to: &members, &random)
    return members
  }

  private func addFurther(to members: inout [JSONMember], _ random: inout RandomSource) {
    if random.chance(600) {
      add(
        usually: "request_time", or: ["duration"], text(facts.duration(&random), &random),
        to: &members, &random)
    } else if random.chance(200) {
      members.append(("Duration", text(facts.nanoseconds(&random), &random)))
    }
    if random.chance(500) { members.append(("host", text(facts.host(&random), &random))) }
    if random.chance(500) {
      add(
        usually: "http_referer", or: ["referrer"], text(facts.referrer(&random), &random),
        to: &members, &random)
    }
    if random.chance(500) {
      add(
        usually: "http_user_agent", or: ["user_agent"], text(facts.agent(&random), &random),
        to: &members, &random)
    }
  }

  /// Adds a member under its usual key, under another one, or under two keys of one meaning.
  private func add(
    usually key: String, or others: [String], _ value: [UInt8], to members: inout [JSONMember],
    _ random: inout RandomSource
  ) {
    if random.chance(variety / 4) { members.append((random.pick(others), odd(&random))) }
    members.append((random.chance(variety) ? random.pick(others) : key, value))
  }

  private func caddyMembers(_ time: Int64, _ random: inout RandomSource) -> [JSONMember] {
    let clock =
      random.chance(variety)
      ? stamps.stamp(time, &random) : random.pick(["\(time).482913", "\(time)"])
    let words = requests.request(&random)
      .split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    var request: [JSONMember] = [
      ("remote_ip", text(clients.client(&random), &random)),
      ("method", text(words[0], &random)), ("uri", text(words.count > 1 ? words[1] : "", &random)),
      ("host", text(facts.host(&random), &random)), ("headers", headers(&random)),
      ("proto", Array("\"HTTP/2.0\"".utf8)),
    ]
    if random.chance(variety) { request[0].key = "client_ip" }
    if random.chance(variety) {
      request.append(("client_ip", text(clients.client(&random), &random)))
    }
    if random.chance(oddity) { request.remove(at: random.number(0...(request.count - 1))) }
    var members: [JSONMember] = [
      ("level", Array("\"info\"".utf8)), ("ts", text(clock, &random)),
      ("request", jsonObject(request, decoy: random.pick(request).key, &random)),
      ("status", text(facts.status(&random), &random)),
      ("size", text(facts.bytes(&random), &random)),
    ]
    if random.chance(800) { members.append(("duration", text(facts.duration(&random), &random))) }
    if random.chance(300) { members.append(("user_id", text(facts.user(&random), &random))) }
    return members
  }

  private func headers(_ random: inout RandomSource) -> [UInt8] {
    var members: [JSONMember] = [("Accept", Array("[\"*/*\", \"a\"]".utf8))]
    func values(_ value: String, _ random: inout RandomSource) -> [UInt8] {
      if random.chance(oddity) { return random.pick([Array("[]".utf8), odd(&random)]) }
      let more = random.chance(variety) ? Array(",\"second\"".utf8) : []
      return Array("[".utf8) + jsonText(Array(value.utf8), &random) + more + Array("]".utf8)
    }
    if random.chance(800) {
      members.append(("User-Agent", values(facts.agent(&random), &random)))
    }
    if random.chance(400) {
      members.append(("Referer", values(facts.referrer(&random), &random)))
    }
    return jsonObject(members, decoy: "User-Agent", &random)
  }

  /// A value as a string, or as a number where it is one.
  private func text(_ value: String, _ random: inout RandomSource) -> [UInt8] {
    if random.chance(800), case .number(let digits) = ModelJSONValue(Array(value.utf8)) {
      return digits
    }
    return jsonText(Array(value.utf8), &random)
  }

  private func nested(_ random: inout RandomSource) -> [UInt8] {
    Array(random.pick(nestedValues).utf8)
  }

  private func odd(_ random: inout RandomSource) -> [UInt8] {
    Array(random.pick(oddValues).utf8)
  }
}

private let timeKeys = ["@timestamp", "time_local", "time_iso8601", "ts", "msec", "StartUTC"]
private let clientKeys = ["client_ip", "remote_ip", "client", "ClientHost"]
private let sizeKeys = ["body_bytes_sent", "size", "DownstreamContentSize"]
private let otherKeys = ["x", "upstream", "level", "", "Time", "statu", "status_", "log.level"]
private let usualKeys =
  [
    "time", "remote_addr", "request", "method", "uri", "path", "status", "bytes", "duration",
    "request_time", "host", "user_agent", "headers",
  ] + timeKeys + clientKeys + sizeKeys
private let nestedValues = [
  #"{"status":500,"time":"x","request":"GET /no HTTP/1.1","remote_addr":"10.9.9.9"}"#,
  #"[{"status":500},["}",{"a":"]"}],"\"}"]"#, #"{}"#, "[]", "[[],[{}]]", #""{\"status\":500}""#,
  "-0.5e+3",
]
private let oddValues = [
  "null", "true", "false", "{}", "[]", "[\"10.0.0.7\"]", "0", "-1", "1e3", "\"\"", "\"-\"", "1.5",
  "200", "{\"a\":{\"b\":[1]}}", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"a\\u0000b\"",
  "99999999999999999999",
]
