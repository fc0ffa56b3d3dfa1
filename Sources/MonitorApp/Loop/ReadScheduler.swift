import Dispatch
import LogInput

/// Decides when the logs are read: at the tick, which is slow while nothing happens; at once when
/// the name of one may belong to another file; and soon after one has grown.
///
/// The logs are read at the tick whether or not inotify reports anything: some file systems report
/// nothing.
@MainActor
package final class ReadScheduler {
  /// What a read has brought.
  package struct ReadOutcome {
    /// The number of bytes read.
    package var bytes: Int64
    /// How many times the logs have been rotated or truncated so far.
    package var restarts: Int

    package init(bytes: Int64, restarts: Int = 0) {
      self.bytes = bytes
      self.restarts = restarts
    }
  }

  /// A stream that brings fewer bytes per read is given a moment to collect more.
  private static let smallRead: Int64 = 4096

  private let loop: MainLoop
  private let watch: FileWatch?
  private let clock: () -> Double
  private let readLog: @MainActor () -> ReadOutcome
  /// Whether a stream has ended, or waits for another writer. Its descriptor stays readable and would
  /// wake the loop continuously.
  private let streamIsSilent: @MainActor (Int32) -> Bool
  private var restarts = 0
  private var pace = ReadingPace()
  private var contents: DescriptorWatch?
  private var streams: [(descriptor: Int32, watch: DescriptorWatch)] = []

  /// - Parameters:
  ///   - watch: reports changes of the files that are followed.
  ///   - streams: pipes, terminals or FIFOs that are logs themselves.
  ///   - monotonic: reads the clock that never jumps, in seconds.
  ///   - streamIsSilent: whether a stream has ended, or waits for another writer.
  ///   - read: reads what is available, or a part of it; it queues the rest itself.
  package init(
    _ loop: MainLoop, watch: FileWatch?, streams descriptors: [Int32] = [],
    monotonic: @escaping () -> Double,
    streamIsSilent: @escaping @MainActor (Int32) -> Bool = { _ in false },
    read: @escaping @MainActor () -> ReadOutcome
  ) {
    self.streamIsSilent = streamIsSilent
    self.loop = loop
    self.watch = watch
    clock = monotonic
    readLog = read
    for descriptor in descriptors {
      let place = streams.count
      let watch = loop.watch(descriptor) { [self] in streamIsReadable(place) }
      streams.append((descriptor, watch))
    }
    guard let watch, let names = watch.names, let growth = watch.contents else { return }
    loop.watch(names) { [self] in
      if watch.drainNameEvents() { pace.logWasRead(bytes: self.read().bytes, at: clock()) }
      setTick()
    }
    contents = loop.watch(growth) { [self] in logGrew() }
  }

  /// Reads the logs at a tick, and sets the time until the next one.
  ///
  /// - Parameter isBusy: something other than the log needs the next tick soon.
  package func tick(isBusy: Bool = false) {
    let outcome = read()
    let now = clock()
    if pace.logWasReadAtTick(bytes: outcome.bytes, at: now) { resumeNotifications() }
    for stream in streams where !streamIsSilent(stream.descriptor) { stream.watch.resume() }
    if isBusy { loop.setTick(ReadingPace.activeTick) } else { setTick() }
  }

  private func read() -> ReadOutcome {
    let outcome = readLog()
    if outcome.restarts != restarts { pace.logRestarted(at: clock()) }
    restarts = outcome.restarts
    return outcome
  }

  private func setTick() {
    loop.setTick(pace.tick(at: clock(), pollingInterval: pollingInterval))
  }

  private var pollingInterval: Double? {
    watch?.needsPolling ?? true ? FileWatch.pollingInterval : nil
  }

  private func logGrew() {
    contents?.suspend()
    _ = watch?.drainContentEvents()
    pace.logGrew(at: clock())
    pace.logWasRead(bytes: read().bytes, at: clock())
    setTick()
    if pace.isSteady { return }
    DispatchQueue.main.asyncAfter(deadline: .now() + ReadingPace.spacing) { [weak self] in
      MainActor.assumeIsolated {
        guard let self, !self.pace.isSteady else { return }
        self.resumeNotifications()
      }
    }
  }

  private func resumeNotifications() {
    guard let contents, contents.isSuspended else { return }
    pace.notificationsResumed(at: clock())
    contents.resume()
  }

  private func streamIsReadable(_ place: Int) {
    let outcome = read()
    pace.logWasRead(bytes: outcome.bytes, at: clock())
    setTick()
    let stream = streams[place]
    let isSilent = streamIsSilent(stream.descriptor)
    guard isSilent || outcome.bytes < Self.smallRead else { return }
    stream.watch.suspend()
    if isSilent { return }
    DispatchQueue.main.asyncAfter(deadline: .now() + ReadingPace.spacing / 2) {
      MainActor.assumeIsolated { stream.watch.resume() }
    }
  }
}

extension ReadScheduler {
  /// Schedules the reads of a session.
  ///
  /// - Parameter work: continues the session for a short time and returns the number of bytes read.
  convenience init(_ loop: MainLoop, _ session: Session, work: @escaping @MainActor () -> Int64) {
    self.init(
      loop, watch: session.inputs.watch, streams: session.inputs.wakingDescriptors,
      monotonic: session.monotonic, streamIsSilent: session.streamIsSilent
    ) {
      let bytes = work()
      return ReadOutcome(bytes: bytes, restarts: session.inputs.restarts)
    }
  }
}
