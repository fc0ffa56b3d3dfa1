/// A range of addresses: `10.0.0.0/8`, `2001:db8::/32`. An address of version 4 that is mapped into
/// version 6 (`::ffff:10.0.0.1`) is one of version 4, and lies in none of version 6.
package struct ModelNetwork: Equatable, Sendable {
  /// The bits that the addresses in it begin with.
  private let bits: [Bool]
  /// The number of bits of an address.
  private let length: Int

  /// The network that a text names; `nil` if it names none.
  package init?(_ text: [UInt8]) {
    let parts = text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 2, let address = addressBits(Array(parts[0])),
      var count = wholeNumber(Array(parts[1])), parts[1].count <= 3
    else { return nil }
    // The first 96 bits of a mapped address are not counted.
    if address.count == 32 && parts[0].contains(UInt8(ascii: ":")) { count -= 96 }
    guard count >= 0, count <= address.count else { return nil }
    bits = Array(address.prefix(Int(count)))
    length = address.count
  }

  /// Whether a client lies in it. A name lies in none.
  func contains(_ client: [UInt8]) -> Bool {
    // A scope such as `%eth0` is no part of the address.
    let scope = client.firstIndex(of: UInt8(ascii: "%"))
    if let scope, scope + 1 == client.count { return false }
    guard let address = addressBits(Array(client[..<(scope ?? client.count)])),
      address.count == length, scope == nil || client.contains(UInt8(ascii: ":"))
    else { return false }
    return address.starts(with: bits)
  }
}

/// The 32 or 128 bits of an address, the highest first; `nil` for anything else.
private func addressBits(_ text: [UInt8]) -> [Bool]? {
  guard let numbers = fourNumbers(text) ?? sixteenNumbers(text) else { return nil }
  let isMapped = numbers.starts(with: [UInt8](repeating: 0, count: 10) + [255, 255])
  return (isMapped ? Array(numbers.suffix(4)) : numbers).flatMap(bits)
}

private func bits(_ number: UInt8) -> [Bool] {
  (0..<8).reversed().map { number >> $0 & 1 == 1 }
}

private func fourNumbers(_ text: [UInt8]) -> [UInt8]? {
  let groups = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  let numbers = groups.compactMap { group -> UInt8? in
    group.count > 3 ? nil : wholeNumber(Array(group)).flatMap { UInt8(exactly: $0) }
  }
  return groups.count == 4 && numbers.count == 4 ? numbers : nil
}

/// The bytes of an address of groups with colons: one `::` stands for as many zeros as are missing.
private func sixteenNumbers(_ text: [UInt8]) -> [UInt8]? {
  let groups = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    .map { Array($0) }
  for cut in groups.indices where groups[cut].isEmpty {
    // At an end, `::` makes two empty groups; in the middle, one.
    let isStart = cut == 0
    guard groups.count > cut + 1 else { break }
    let before = Array(groups[..<cut])
    var after = Array(groups[(cut + 1)...])
    if isStart {
      guard after.first?.isEmpty == true else { return nil }
      after.removeFirst()
      if after.isEmpty { return nil }
    }
    if after == [[]] { after = [] }
    guard let first = groupBytes(before, mayEndInFourNumbers: false),
      let last = groupBytes(after, mayEndInFourNumbers: true), first.count + last.count <= 14
    else { return nil }
    return first + [UInt8](repeating: 0, count: 16 - first.count - last.count) + last
  }
  guard let all = groupBytes(groups, mayEndInFourNumbers: true), all.count == 16 else {
    return nil
  }
  return all
}

private func groupBytes(_ groups: [[UInt8]], mayEndInFourNumbers: Bool) -> [UInt8]? {
  var bytes: [UInt8] = []
  for (index, group) in groups.enumerated() {
    if mayEndInFourNumbers, index == groups.count - 1, let numbers = fourNumbers(group) {
      bytes += numbers
    } else {
      guard (1...4).contains(group.count), group.allSatisfy(isHexadecimal),
        let number = UInt16(String(decoding: group, as: UTF8.self), radix: 16)
      else { return nil }
      bytes += [UInt8(number >> 8), UInt8(number & 255)]
    }
  }
  return bytes
}
