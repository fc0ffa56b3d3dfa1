/// Writes the time of a generated line in one of the forms that servers use.
struct StampWriter {
  /// How many of a thousand times are written in an unusual form.
  let variety: Int
  /// How many of a thousand times are odd.
  let oddity: Int
  /// The offset of times without a zone, in seconds east of UTC.
  let zone: Int64

  /// A time such as `14/Mar/2026:09:26:53 +0100`, in a random zone.
  func stamp(_ time: Int64, _ random: inout RandomSource) -> String {
    if random.chance(oddity) { return random.pick(oddStamps) }
    guard random.chance(variety) else {
      let minutes: Int64 = random.chance(800) ? 0 : random.pick([60, -300, 330, -210, 840, -899])
      return date(time + minutes * 60) + ":" + clock(time + minutes * 60) + " "
        + offset(minutes, colon: "")
    }
    let fraction = random.pick(["", "", "", ".5", ",123", ".000000"])
    switch random.number(0...9) {
    case 0: return "\(time)" + random.pick(["", ".5", ".0", "."])
    case 1...3:
      let local = time + zone
      return date(local) + random.pick([":", " "]) + clock(local) + fraction
    case 4: return date(time) + random.pick([":", " "]) + clock(time) + fraction + " +0000"
    case 5: return day(time + zone) + random.pick(["T", " "]) + clock(time + zone) + fraction
    default:
      let minutes: Int64 = random.pick([0, 0, 60, -300, 330, -210, 840, -899])
      let form = offset(minutes, colon: random.pick(["", ":"]))
      let written =
        minutes == 0 && random.chance(600)
        ? "Z" : minutes % 60 == 0 && random.chance(300) ? String(form.prefix(3)) : form
      let local = time + minutes * 60
      return day(local) + random.pick(["T", "T", " "]) + clock(local) + fraction
        + random.pick(["", "", " "]) + written
    }
  }

  /// `14/Mar/2026`.
  private func date(_ time: Int64) -> String {
    let text = Array(isoTime(time))
    let month = monthNames[Int(String(text[5..<7]))! - 1]
    return String(text[8..<10]) + "/" + month + "/" + String(text[0..<4])
  }

  /// `2026-03-14`.
  private func day(_ time: Int64) -> String { String(isoTime(time).prefix(10)) }

  /// `09:26:53`.
  private func clock(_ time: Int64) -> String { String(isoTime(time).dropFirst(11).prefix(8)) }

  private func offset(_ minutes: Int64, colon: String) -> String {
    let hours = abs(minutes) / 60
    let digits = String(10_000 + hours * 100 + abs(minutes) % 60).dropFirst()
    return (minutes < 0 ? "-" : "+") + digits.prefix(2) + colon + digits.suffix(2)
  }
}

private let oddStamps = [
  "", "-", "1700000000", "31/Dec/2016:23:59:60 +0000", "31/Dec/2016:23:59:61 +0000",
  "32/Jan/2023:00:00:00 +0000", "29/Feb/2023:00:00:00 +0000", "29/Feb/2024:12:00:00 +0000",
  "29/Feb/1900:12:00:00 +0000", "00/Jan/2023:00:00:00 +0000", "01/Foo/2023:00:00:00 +0000",
  "01/jan/2023:00:00:00 +0000", "01/Jan/2023:24:00:00 +0000", "01/Jan/2023:00:60:00 +0000",
  "01/Jan/2023:00:00:00 +1500", "01/Jan/2023:00:00:00 +0060", "01/Jan/2023:00:00:00",
  "01/Jan/2023:00:00:00 Z", "1/Jan/2023:00:00:00 +0000", "01/Jan/2023:00:00:00.5 +0000",
  "01/Jan/0000:00:00:00 +0000", "01/Jan/0001:00:00:00 +0000", "01/Jan/0001:00:00:00 +0100",
  "31/Dec/9999:23:59:60 -1459", "01-Jan-2023:00:00:00 +0000", "01/Jan/2023 00:00:00 +0000",
  "2023-01-01T00:00:00", "2023-01-01T00:00:00Z", "2023-01-01 00:00:00 +01", "2023-01-01T00:00:00z",
  "2023-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01T00:00:60Z",
  "2023-01-01T00:00:00+1:00", "2023-01-01T00:00:00+01:", "2023-01-01T00:00:00+15:00",
  "2023-01-01T00:00:00+00:60", "2023-01-01T00:00:00.Z", "2023-01-01T00:00:00  Z", "2023-01-01",
  "0000-01-01T00:00:00Z", "9999-12-31T23:59:60-14:59", "01/Jan/2023:00:00:00 +01:00",
  "01/Jan/2023:00:00:00+0000", "01/Jan/2023:00:00:00 +00", "01/Jan/2023  00:00:00 +0000",
  "01/Jan/2023:00:00:00. +0000", "-1.5", " 1700000000", "01/Jan/2023:00:00:00  +0000",
]
