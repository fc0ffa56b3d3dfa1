/// What is known of a sender of reports besides what its reports say of its lines.
package struct SenderFigures: Equatable, Sendable {
  /// When its last report came, in seconds of a clock that never jumps.
  package var lastMessage: Double
  /// The reports that came again, of which nothing counted twice.
  package var duplicates = 0
  /// The reports that are missing: what they said is in no figure.
  package var missing = 0

  /// - Parameter lastMessage: when its last report came, in seconds of a clock that never jumps.
  package init(lastMessage: Double) {
    self.lastMessage = lastMessage
  }

  /// How long it has been silent, in seconds; `nil` while its last report is recent.
  ///
  /// - Parameters:
  ///   - now: the time by the clock of `lastMessage`.
  ///   - grace: how old a report may be that counts as recent, in seconds.
  package func silence(at now: Double, grace: Int64) -> Int64? {
    let age = now - lastMessage
    guard age > Double(grace), age < 1e12 else { return nil }
    return Int64(age)
  }
}

extension Name {
  /// The host in the name of a sender, `web1` of `web1:/var/log/nginx/access.log`: what stands before
  /// the first colon that a path or `-` follows. `nil` if there is none.
  package var sendingHost: Name? {
    withBytes { bytes in
      let places = bytes.indices.dropLast()
      let colon = places.first { place in
        let next = bytes[place + 1]
        return bytes[place] == UInt8(ascii: ":")
          && (next == UInt8(ascii: "/") || next == UInt8(ascii: "-"))
      }
      guard let colon, colon > 0 else { return nil }
      return Name(UnsafeBufferPointer(rebasing: bytes[..<colon]))
    }
  }
}
