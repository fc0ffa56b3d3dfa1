import AccessLog
import SafeText

extension InputNotice {
  /// The text of a notice about a listener.
  func listenerText(_ number: (Int) -> String) -> String {
    switch self {
    case .lostMessages(let kernel, let here):
      ListenerFigures.losses(byKernel: kernel, here: here, number).joined(separator: ", ")
        + (here > 0 ? ": sent too fast, or by too many" : ": sent too fast")
    case .closedConnection(let peer, let fault, let others):
      "closed a connection of \(SafeString(peer.bytes).text): \(fault.text)"
        + (others > 0 ? ", and \(Wording.count(others, "other", number: number))" : "")
    case .tooManyPeers:
      "too many senders: those that have been silent for longest are given up"
    case .namedTwice: "is named more than once, and listens once"
    case .openToOthers:
      "listens to other machines too: whoever can reach it can send lines, and forge them"
    case .received(let figures): figures.text(number)
    case .interrupted(let reason): "\(SafeString(reason.bytes).text); waiting for it"
    case .resumed: "can be read again"
    case .positionNotKept: "the position was not kept: the next run may read some of it again"
    case .removedMessages(let count):
      Wording.count(count, "message", number: number)
        + " behind the kept position \(count == 1 ? "was" : "were") removed there unread"
    default: ""
    }
  }
}

extension ListenerFigures {
  /// What was received, without the name of the listener: `3 peers, 1000 messages, 12 datagrams
  /// dropped by the kernel`, `2 partitions, 1000 messages`.
  ///
  /// - Parameter number: formats a count.
  package func text(_ number: (Int) -> String = { String($0) }) -> String {
    var parts = [
      Wording.count(peers, isTopic ? "partition" : "peer", number: number),
      Wording.count(messages, "message", number: number),
    ]
    parts += Self.losses(byKernel: droppedByKernel, here: droppedHere, number)
    if faultyConnections > 0 {
      parts.append(
        Wording.count(faultyConnections, "faulty connection", number: number) + " closed")
    }
    if displaced > 0 {
      parts.append(Wording.count(displaced, "silent sender", number: number) + " given up")
    }
    return parts.joined(separator: ", ")
  }

  /// `12 datagrams dropped by the kernel`, `3 messages dropped here`; nothing where none was.
  static func losses(byKernel kernel: Int, here: Int, _ number: (Int) -> String) -> [String] {
    var parts: [String] = []
    if kernel > 0 {
      parts.append(Wording.count(kernel, "datagram", number: number) + " dropped by the kernel")
    }
    if here > 0 {
      parts.append(Wording.count(here, "message", number: number) + " dropped here")
    }
    return parts
  }
}

extension FramingFault {
  /// What is wrong: `a message without a valid length`.
  fileprivate var text: String {
    switch self {
    case .invalidLength: "a message without a valid length"
    case .excessiveLength: "announced a message of more than 1 MiB"
    case .cutMessage: "it ended in the middle of a message"
    }
  }
}
