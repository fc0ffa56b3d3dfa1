/// Writes what lines of several formats say: status, bytes, latencies, and texts without quotes.
struct FactWriter {
  /// How many of a thousand values are odd.
  let oddity: Int

  func status(_ random: inout RandomSource) -> String {
    pick(["200", "200", "304", "404", "500"], oddStatuses, &random)
  }

  func bytes(_ random: inout RandomSource) -> String {
    pick(["0", "1", "512", "1234", "-"], oddNumbers, &random)
  }

  func host(_ random: inout RandomSource) -> String {
    pick(["shop.example.org", "api.example.org:8443"], oddHosts, &random)
  }

  func user(_ random: inout RandomSource) -> String {
    pick(["-", "dana", "jo"], ["", "jo doe", "é", "CORP\\mlee", "a\"b"], &random)
  }

  func referrer(_ random: inout RandomSource) -> String {
    pick(["-", "https://example.org/start"], ["", "\"", "a b", "\\", "x\u{1B}[31m"], &random)
  }

  func agent(_ random: inout RandomSource) -> String {
    pick(["curl/8", "Mozilla/5.0 (X11; Linux)", "-"], oddAgents, &random)
  }

  /// Seconds, mostly as a plain decimal number.
  func duration(_ random: inout RandomSource) -> String {
    if random.chance(oddity * 2) { return random.pick(oddDurations) }
    return seconds(&random)
  }

  /// Seconds as a plain decimal number.
  func seconds(_ random: inout RandomSource) -> String {
    let places = random.pick([3, 3, 6, 9])
    let digits = String(random.number(0...random.pick([9, 1000, 100_000])))
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return padded.dropLast(places) + "." + padded.suffix(places)
  }

  func nanoseconds(_ random: inout RandomSource) -> String {
    whole(random.pick([999, 100_000_000, 10_000_000_000]), &random)
  }

  /// A whole number of milliseconds or microseconds.
  func whole(_ limit: Int, _ random: inout RandomSource) -> String {
    random.chance(oddity) ? random.pick(oddWholes) : String(random.number(0...limit))
  }

  private func pick(
    _ usual: [String], _ odd: [String], _ random: inout RandomSource
  ) -> String {
    random.chance(oddity) ? random.pick(odd) : random.pick(usual)
  }
}

private let oddStatuses = [
  "-", "000", "099", "100", "199", "599", "600", "999", "20", "2000", "abc", "", "200.0", "2e2",
]
private let oddNumbers = [
  "-", "", "9223372036854775807", "9223372036854775808", "18446744073709551616", "-1", "+1", "1e3",
  "007", "1.5",
]
private let oddHosts = [
  "-", "", "[::1]:443", "[2001:db8::7]", "::1", "host:", "host:123456", "a:b", "SHOP.example.org",
  "\"a\"", "x;y",
]
private let oddAgents = [
  "", "a+b c", "%20x%2Fy%zz%4", "\"q\"", "\\x22", "é", "\u{7F}", "\u{202E}x", "a\tb", "-", "+",
  "Mozilla/5.0%20(Windows)",
]
private let oddDurations = [
  "18.7ms", "350µs", "350us", "1.2s", "1m3.5s", "2h0m1s", "15ns", "1500ns", "0s", "0", "-", "",
  "-1",
  "-0.5", "1.", ".5", "1e-3", "ms", "5 ms", "0.0000019", "999999999999", "9223372036854.775807",
  "9223372036854.775808", "99999999999999999999999", "+1", "1s2", "abc",
]
private let oddWholes = ["-", "", "-1", "0", "1.5", "99999999999999999999", "abc", "007"]
