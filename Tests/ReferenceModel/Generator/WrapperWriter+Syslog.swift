/// Syslog in its traditional form, with an ISO time, and RFC 5424; `journalctl` in short forms.
let syslogWrappers = [
  prefixWrapper("syslog") { host, random in
    "\(oldStamp(&random)) \(host) \(tag(&random)) "
  },
  prefixWrapper("syslog with priority") { host, random in
    "\(priority(&random))\(oldStamp(&random)) \(host) \(tag(&random)) "
  },
  prefixWrapper("syslog without host") { _, random in
    "\(priority(&random))\(oldStamp(&random)) \(tag(&random)) "
  },
  prefixWrapper("syslog without tag", needsAddress: true) { host, random in
    random.pick(["", priority(&random)]) + "\(oldStamp(&random)) \(host) "
  },
  prefixWrapper("syslog without host and tag", needsAddress: true) { _, random in
    random.pick(["", priority(&random)]) + "\(oldStamp(&random)) "
  },
  prefixWrapper("syslog with colors") { host, random in
    random.pick(["", "\u{1B}[32m"]) + "\(oldStamp(&random)) \u{1B}[0m\u{1B}[1m\(host)\u{1B}[0m "
      + tag(&random) + random.pick([" \u{1B}[0;1;39m", "\u{1B}[0m ", " "])
  },
  prefixWrapper("syslog with ISO time") { host, random in
    random.pick(["", priority(&random)]) + "\(isoStamp(&random)) \(host) \(tag(&random)) "
  },
  prefixWrapper("syslog with ISO time without host") { _, random in
    random.pick(["", priority(&random)]) + "\(isoStamp(&random)) \(tag(&random)) "
  },
  prefixWrapper("syslog with ISO time without tag", needsAddress: true) { host, random in
    random.pick(["", priority(&random)]) + "\(isoStamp(&random)) \(host) "
  },
  prefixWrapper("ISO time", needsAddress: true) { _, random in "\(isoStamp(&random)) " },
  prefixWrapper("syslog RFC 5424") { host, random in
    newSyslogHeader(host, &random) + random.pick(["- ", "- \u{FEFF}"])
  },
  prefixWrapper("syslog RFC 5424 without host") { _, random in
    newSyslogHeader("-", &random) + "- "
  },
  prefixWrapper("syslog RFC 5424 with data") { host, random in
    let one = #"[origin ip="10.0.0.7" software="rsyslogd"]"#
    let two = #"[a@32473 x="q\" \] \\"][meta sequenceId="7" note="a [b] c"]"#
    let data = random.pick([one, two, one + two, "[timeQuality]"])
    return newSyslogHeader(host, &random) + data + " "
  },
  prefixWrapper("syslog with two hosts") { host, random in
    let stamp = random.chance(500) ? oldStamp(&random) : isoStamp(&random)
    return random.pick(["", priority(&random)]) + "\(stamp) \(host) vm-7 \(tag(&random)) "
  },
  prefixWrapper("tag", needsText: true) { _, random in
    random.pick(["", "<190>"]) + "\(tag(&random)) "
  },
  prefixWrapper("host and tag", needsText: true) { host, random in
    random.pick(["", "<190>"]) + "\(host) \(tag(&random)) "
  },
  prefixWrapper("journalctl short-full") { host, random in
    let fraction = random.pick(["", ".123456"])
    return "Thu 2026-11-26 \(clock(&random))\(fraction) UTC \(host) nginx[812]: "
  },
  prefixWrapper("journalctl short-unix") { host, random in
    "\(random.number(0...1_800_000_000)).123456 \(host) nginx[812]: "
  },
  prefixWrapper("journalctl short-monotonic") { host, random in
    random.pick(["[    0.000000] ", "[12345.678901] "]) + "\(host) nginx[812]: "
  },
  prefixWrapper("journalctl short") { host, random in
    "\(monthAndDay(&random)) \(clock(&random)) \(host) nginx[\(random.number(1...99_999))]: "
  },
  prefixWrapper("journalctl short-iso") { host, random in
    "2026-11-\(random.number(10...30))T\(clock(&random))+0100 \(host) nginx[812]: "
  },
]

private func priority(_ random: inout RandomSource) -> String { "<\(random.number(0...191))>" }

private func tag(_ random: inout RandomSource) -> String {
  random.pick(["nginx:", "nginx[812]:", "apache2:", "docker/web-1[77]:", "web_access:"])
}

private func clock(_ random: inout RandomSource) -> String {
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return two(random.number(0...23)) + ":" + two(random.number(0...59)) + ":"
    + two(random.number(0...59))
}

/// `Nov 25`, or `Nov  5` or `Nov 5`.
private func monthAndDay(_ random: inout RandomSource) -> String {
  let day = random.number(1...31)
  return random.pick(monthNames) + (day < 10 ? random.pick(["  ", " "]) : " ") + "\(day)"
}

/// `Nov 25 12:00:01`, perhaps with a year and a fraction.
private func oldStamp(_ random: inout RandomSource) -> String {
  monthAndDay(&random) + random.pick([" ", " ", " 2026 "]) + clock(&random)
    + random.pick(["", "", ".123456"])
}

private func isoStamp(_ random: inout RandomSource) -> String {
  "2026-11-\(random.number(10...30))T" + clock(&random) + random.pick(["", ".123456", ",5"])
    + random.pick(["Z", "+01:00", "-0330", "+02", ""])
}

/// `<190>1 2026-11-25T12:00:01Z web-1 nginx 812 - `.
private func newSyslogHeader(_ host: String, _ random: inout RandomSource) -> String {
  "\(priority(&random))1 " + random.pick([isoStamp(&random), "-"]) + " \(host) "
    + random.pick(["nginx", "-"]) + " " + random.pick(["812", "-"]) + " "
    + random.pick(["access", "-"]) + " "
}
