import AccessLog
import Engine
import LogInput
import TrafficAnalysis

// Listeners: their peers are sources that come and go.

extension Session {
  /// How long an orderly end receives what has been sent before it, in seconds.
  private static let longestRest = 2.0

  /// Receives what the peers of listeners have sent, and adds the peers that are new.
  ///
  /// - Parameter ignoringRoom: whether to receive although there was no time to read what has come.
  /// - Returns: whether anything was received.
  @discardableResult
  func receiveMessages(ignoringRoom: Bool = false) -> Bool {
    let listeners = inputs.listeners
    guard !listeners.isEmpty else { return false }
    listSenders()
    removeDrainedPeers()
    var hasReceived = false
    for index in listeners {
      guard let listener = inputs.inputs[index].listener else { continue }
      listener.peersWereRead()
      // While a long log is loaded, datagrams wait in the kernel, which has more room for them.
      if wasOutOfBudget, !ignoringRoom, !listener.hasRoom { continue }
      hasReceived = listener.receive() || hasReceived
      for peer in listener.drainNewPeers() {
        // The same machine can send to several listeners.
        let name =
          listeners.count > 1 ? Name(peer.name.bytes + "@".utf8 + listener.path.bytes) : peer.name
        inputs.add(peer, named: name, of: index)
        plain.addSource(name, label: peer.label, isLabelled: peer.isLabelled)
      }
      if let topic = listener as? KafkaTopic {
        receiveReports(of: topic, index)
        // The sources of the pipeline and the inputs have the same order.
        listSenders()
      }
    }
    listSenders()
    setListenerFigures()
    return hasReceived
  }

  /// Removes the peers that were given up, once nothing of them is left to be shown.
  private func removeDrainedPeers() {
    for source in inputs.inputs.indices.reversed() {
      guard let owner = inputs.inputs[source].owner,
        inputs.inputs[source].peer?.isRemovedAtEnd ?? false, plain.isDrained(source)
      else { continue }
      plain.removeSource(source, countingAsThoseOf: owner)
      inputs.remove(at: source)
      hasRemovedSource = true
      inputs.inputs[owner].listener?.peerWasRemoved()
    }
  }

  /// Tells the pipeline what listeners have received, for its reports.
  func setListenerFigures() {
    for index in inputs.listeners {
      guard let figures = inputs.inputs[index].listener?.figures else { continue }
      plain.setFigures(figures, ofListener: index)
    }
  }

  /// Receives and reads what was sent before the end, for a limited time. What is received by then
  /// and not read counts as dropped.
  func receiveRest(_ events: inout [MonitorEvent]) {
    guard !inputs.listeners.isEmpty, !plain.isFinished else { return }
    let clock = clock
    let isOver = { [monotonic] in monotonic() - clock.monotonic >= Self.longestRest }
    // The rest of a log is not waited for.
    for source in inputs.inputs.indices where inputs.inputs[source].isLog {
      plain.endSource(source, clock: clock)
    }
    var hasMore = true
    while hasMore, !isOver() {
      let hasReceived = receiveMessages(ignoringRoom: true)
      // A source that fails now has been reported, or ends anyway.
      _ = try? plain.step(
        inputs.readers, until: .everything, clock: self.clock, isOverBudget: isOver,
        events: &events)
      hasMore = hasReceived || inputs.inputs.contains { $0.peer?.hasUnread ?? false }
    }
    countUnread()
    setListenerFigures()
  }

  /// Counts what peers have sent and nobody will read.
  private func countUnread() {
    for index in inputs.listeners { inputs.inputs[index].listener?.dropWaiting() }
    for input in inputs.inputs {
      guard let peer = input.peer, let owner = input.owner else { continue }
      inputs.inputs[owner].listener?.dropUnread(of: peer)
    }
  }

  /// Whether a listener has more, of which its descriptor does not tell.
  var hasMoreMessages: Bool {
    inputs.listeners.contains { inputs.inputs[$0].listener?.hasMore ?? false }
  }

  /// Whether a part of a topic has lines of which none matched a format. What others send to this
  /// machine does not make the run a failure; what it fetches does.
  var hasUnmatchedPartition: Bool {
    inputs.inputs.indices.contains { source in
      guard let peer = inputs.inputs[source].peer, !peer.isRemovedAtEnd else { return false }
      return plain.unmatched(of: source) != nil
    }
  }
}
