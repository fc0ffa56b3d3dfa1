import Dispatch
import LogInput

/// Says when a log is to be read: at the tick, which is slow while nothing happens; at once when its
/// name may stand for another file; and soon when it has grown.
///
/// Reading at the tick goes on whatever is told, so a file system that tells nothing is read too.
@MainActor
package final class LogWaking {
  /// What was found by reading.
  package struct Found {
    package var bytes: Int64
    /// How often the log was begun anew so far: rotated, or cut short.
    package var beginnings: Int
    /// No more will come through the stream that wakes, or not before it has another writer: it would
    /// wake on and on.
    package var streamIsSilent = false

    package init(bytes: Int64, beginnings: Int = 0, streamIsSilent: Bool = false) {
      self.bytes = bytes
      self.beginnings = beginnings
      self.streamIsSilent = streamIsSilent
    }
  }

  /// A stream that brings less than this at once is let gather for a moment, in bytes.
  private static let trickle: Int64 = 4096

  private let loop: MainLoop
  private let watch: FileWatch?
  private let clock: () -> Double
  private let readLog: @MainActor () -> Found
  private var beginnings = 0
  private var pace = ReadingPace()
  private var contents: DescriptorWatch?
  private var stream: DescriptorWatch?

  /// - Parameters:
  ///   - watch: what tells of the files that are followed.
  ///   - stream: a pipe, terminal or FIFO that is the log itself.
  ///   - read: reads what is there, or a part of it, and goes on by itself where that is not all.
  package init(
    _ loop: MainLoop, watch: FileWatch?, stream descriptor: Int32? = nil,
    monotonic: @escaping () -> Double, read: @escaping @MainActor () -> Found
  ) {
    self.loop = loop
    self.watch = watch
    clock = monotonic
    readLog = read
    if let descriptor { stream = loop.watch(descriptor) { [self] in streamFired() } }
    guard let watch, let names = watch.names, let grown = watch.contents else { return }
    loop.watch(names) { [self] in
      if watch.takeNameEvents() { pace.looked(bytes: self.read().bytes, at: clock()) }
      keepTick()
    }
    contents = loop.watch(grown) { [self] in grew() }
  }

  /// Reads at the tick, and sets how far the next one is.
  ///
  /// - Parameter isBusy: something else than the log needs the next tick soon.
  package func tick(isBusy: Bool = false) {
    let found = read()
    let now = clock()
    if pace.ticked(bytes: found.bytes, at: now) { listen() }
    if !found.streamIsSilent { stream?.letGo() }
    if isBusy { loop.setTick(ReadingPace.awake) } else { keepTick() }
  }

  private func read() -> Found {
    let found = readLog()
    if found.beginnings != beginnings { pace.begunAnew(at: clock()) }
    beginnings = found.beginnings
    return found
  }

  private func keepTick() {
    loop.setTick(pace.tick(at: clock(), polls: pollingInterval))
  }

  private var pollingInterval: Double? {
    watch?.needsPolling ?? true ? FileWatch.pollingInterval : nil
  }

  private func grew() {
    contents?.hold()
    _ = watch?.takeContentEvents()
    pace.grew(at: clock())
    pace.looked(bytes: read().bytes, at: clock())
    keepTick()
    if pace.isSteady { return }
    DispatchQueue.main.asyncAfter(deadline: .now() + ReadingPace.spacing) { [weak self] in
      MainActor.assumeIsolated {
        guard let self, !self.pace.isSteady else { return }
        self.listen()
      }
    }
  }

  private func listen() {
    guard let contents, contents.isHeld else { return }
    pace.listens(at: clock())
    contents.letGo()
  }

  private func streamFired() {
    let found = read()
    pace.looked(bytes: found.bytes, at: clock())
    keepTick()
    guard found.streamIsSilent || found.bytes < Self.trickle else { return }
    stream?.hold()
    if found.streamIsSilent { return }
    DispatchQueue.main.asyncAfter(deadline: .now() + ReadingPace.spacing / 2) { [weak self] in
      MainActor.assumeIsolated { self?.stream?.letGo() }
    }
  }
}

extension LogWaking {
  /// Wakes for the log of a session.
  ///
  /// - Parameter work: goes on with the session for a moment; how many bytes of the log that took.
  convenience init(_ loop: MainLoop, _ session: Session, work: @escaping @MainActor () -> Int64) {
    self.init(
      loop, watch: session.input.watch, stream: session.input.stream, monotonic: session.monotonic
    ) {
      let bytes = work()
      let state = session.input.state?()
      return Found(
        bytes: bytes, beginnings: (state?.rotations ?? 0) + (state?.truncations ?? 0),
        streamIsSilent: session.streamIsSilent)
    }
  }
}
