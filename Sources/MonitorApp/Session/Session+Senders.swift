import AccessLog
import Engine
import LogInput

// Senders of reports: sources that the pipeline adds when their first report comes.

extension Session {
  /// Lists the senders among the inputs that have joined since the last step. A replay that goes back has
  /// fewer again.
  func listSenders() {
    let count = pipeline.sourceCount
    guard count != inputs.inputs.count else { return }
    if count < inputs.inputs.count {
      inputs.removeSenders(from: count)
      hasRemovedSource = true
    }
    for source in inputs.inputs.count..<count {
      inputs.addSender(named: pipeline.name(of: source))
    }
  }
}

extension InputSet {
  /// Adds a sender of reports, which is read through another source.
  mutating func addSender(named name: Name) {
    var input = Input(
      reader: BlockReader(source: NoBytes(), memory: inputs[0].reader.memory), path: name)
    input.isSender = true
    append(input)
  }

  /// Removes the senders from an index on.
  mutating func removeSenders(from index: Int) { removeLast(inputs.count - index) }
}

/// A source that is never read.
private final class NoBytes: ByteSource {
  func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    .caughtUp
  }
}
