/// The text of a filter after a few characters were left out, added or replaced; it may still be
/// right.
package func brokenFilter(_ text: String, _ random: inout RandomSource) -> String {
  let pieces = [
    " ", "\t", "(", ")", ",", "\"", "\\", "=", "!=", "~", "!~", "<", "<=", ">", ">=", "!", " and ",
    " or ", " not ", " over ", "by", "status", "section=/a", " bytes>1.5k ", "5xx", "10.0.0.0/8",
    "/",
    "-", ".", "1", "ms", "k", "é", "\u{1B}", "*", "bot=yes",
  ]
  var characters = text.unicodeScalars.map { String($0) }
  for _ in 0..<random.number(1...3) {
    let place = random.number(0...characters.count)
    if place == characters.count || random.chance(400) {
      characters.insert(random.pick(pieces), at: place)
    } else if random.chance(500) {
      characters[place] = random.pick(pieces)
    } else {
      let end = min(characters.count, place + random.number(1...6))
      characters.removeSubrange(place..<end)
    }
  }
  return characters.joined()
}
