import AccessLog
import Engine
import LogInput
import LogParsing

/// A source that the command line names, with its properties.
package struct Input {
  let reader: BlockReader
  let path: Name
  /// Tells it from all other sources of the run, also from those that are gone.
  var id = 0
  /// The listener, if it is one.
  var listener: (any Listener)?
  /// The index of the listener that it sends to, if it is a peer.
  var owner: Int?
  /// What sends its lines, if it is a peer.
  var peer: (any Peer)?
  /// Whether it is a sender of reports, which come through another source.
  var isSender = false
  /// The descriptor whose readability wakes the program, if the log is a stream.
  var stream: Int32?
  /// Whether the stream has no writer and waits for another one.
  var awaitsWriter: () -> Bool = { false }
  /// The number of bytes from where reading begins to the end; `nil` if unknown.
  var size: () -> Int64? = { nil }
  /// The state of a followed file.
  var state: (() -> SourceState)?
  /// Reads the last record of a file; `nil` for a stream. Takes the format, if it is known, what the
  /// log does not say, and the latest time that is not a wrong clock.
  var lastRecord: ((NamedFormat?, ParsingOptions, EpochSecond) -> LastRecord?)?
  /// Returns and removes the notices about faults that were overcome.
  var drainNotices: () -> [Notice] = { [] }
  /// How it continues an earlier run; `nil` if it begins anew.
  var resumption: SourceResumption?
  /// Whether a part of it could not be read.
  var hasFailed: () -> Bool = { false }

  package init(reader: BlockReader, path: Name) {
    self.reader = reader
    self.path = path
  }

  /// Whether it is neither a listener nor a peer of one nor a sender.
  var isLog: Bool { listener == nil && owner == nil && !isSender }
}

/// All sources of a run.
package struct InputSet {
  /// At least one. Peers of listeners stand behind those of the command line.
  private(set) var inputs: [Input]
  /// The number of sources that there have been.
  private var count: Int
  /// Reports changes of the files that are followed, if any is.
  var watch: FileWatch?
  /// What the user should know about the command line, once the run begins.
  let openingNotices = OpeningNotices()
  /// How the logs continue an earlier run.
  var continuation = LogContinuation()
  /// Whether a source could not be read at the start, which is an error even if it can be later.
  var hasFailure = false

  package init(_ inputs: [Input]) {
    self.inputs = inputs
    count = inputs.count
    for index in inputs.indices { self.inputs[index].id = index }
  }

  /// Adds a peer of the listener with an index.
  mutating func add(_ peer: any Peer, named name: Name, of listener: Int) {
    var input = Input(
      reader: BlockReader(source: peer, memory: inputs[listener].reader.memory), path: name)
    input.owner = listener
    input.peer = peer
    append(input)
  }

  /// Adds a source that has joined.
  mutating func append(_ input: Input) {
    inputs.append(input)
    inputs[inputs.count - 1].id = count
    count += 1
  }

  mutating func remove(at source: Int) { inputs.remove(at: source) }

  mutating func removeLast(_ number: Int) { inputs.removeLast(number) }

  /// The indices of the listeners.
  var listeners: [Int] { inputs.indices.filter { inputs[$0].listener != nil } }

  var readers: [BlockReader] { inputs.map(\.reader) }
  var paths: [Name] { inputs.map(\.path) }
  var canRewind: Bool { inputs.allSatisfy(\.reader.canRewind) }
  /// The descriptors whose readability wakes the program.
  var streams: [Int32] { inputs.compactMap(\.stream) }
  /// The descriptors whose readability wakes the program, with those of listeners.
  var wakingDescriptors: [Int32] { streams + inputs.compactMap(\.listener?.descriptor) }

  /// The number of bytes of all sources from where reading begins; `nil` if that of any is unknown.
  var size: Int64? {
    var sum: Int64 = 0
    for input in inputs {
      guard let size = input.size() else { return nil }
      sum += size
    }
    return sum
  }

  /// How many times followed files have been rotated or truncated so far.
  var restarts: Int {
    inputs.reduce(0) { sum, input in
      guard let state = input.state?() else { return sum }
      return sum + state.rotations + state.truncations
    }
  }

  /// The names of the sources as people see them, for messages about all of them.
  var title: Name {
    let named = inputs.count { $0.owner == nil && !$0.isSender }
    return named == 1 ? inputs[0].path : Name("\(named) logs")
  }

  /// A notice that names its source if there are several.
  func about(_ source: Int, _ notice: Notice) -> Notice {
    notice.about(inputs.count > 1 ? inputs[source].path : nil)
  }

  /// Returns and removes the notices about faults that were overcome, each with its source if there
  /// are several.
  func drainNotices() -> [Notice] {
    let ofFiles = inputs.indices.flatMap { source in
      inputs[source].drainNotices().map { about(source, $0) }
    }
    return openingNotices.drain() + (watch?.drainNotices() ?? []) + ofFiles
  }

  /// Reads the last record of all files; `nil` if all sources are streams, whose records are still to
  /// come.
  var lastRecord: ((NamedFormat?, ParsingOptions, EpochSecond) -> LastRecord?)? {
    let readers = inputs.compactMap(\.lastRecord)
    guard !readers.isEmpty else { return nil }
    return { format, options, limit in
      readers.compactMap { $0(format, options, limit) }.max { $0.time < $1.time }
    }
  }
}

/// Notices about the command line, which are delivered once.
final class OpeningNotices {
  private var notices: [Notice] = []

  func add(_ new: [Notice]) { notices += new }

  /// Returns and removes all notices.
  func drain() -> [Notice] {
    defer { notices = [] }
    return notices
  }
}
