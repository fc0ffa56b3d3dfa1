import AccessLog
import DashboardModel
import DashboardPanes
import Engine
import EventOutput
import Glibc
import LogInput
import SafeText
import TerminalCanvas
import TrafficAnalysis

/// A session displayed on a screen and controlled by keys.
///
/// It neither waits nor exits: its driver calls it when there is something to do, and then checks
/// `ending` and `drainBacklogRequest`.
@MainActor
final class Dashboard {
  /// Why the program is to exit.
  enum Ending: Equatable {
    case ordinary
    /// With the effect that the signal has by default.
    case signal(Int32)
  }

  /// The longest uninterrupted work, in seconds: keys and timers wait for it.
  private static let budget = 0.008
  /// How long a message is displayed, in seconds.
  private static let messageSeconds = 3.0

  let options: Options
  let session: Session
  let screen: any Screen
  /// The focus, the selection and the other choices of the user.
  var state: ViewState
  /// The pipeline as it was when the user froze the display; tables can still be made from it.
  var frozen: Pipeline?
  /// The view must be made again although neither the log nor its status has changed.
  var isStale = true
  /// Why reading has ended, once it has failed and there is no other log.
  private(set) var failure: InputFailure?
  let zone = LogZone()
  /// The filter as it was written; `nil` if all records count.
  let filter: SafeString?

  /// Sends intervals to a store, if there is one.
  let influx: InfluxSetup?
  /// Sends events to a broker, if there is one.
  let eventStream: StreamConnection?

  /// What became of notifications; `nil` if nobody is notified.
  var deliveries: AlertDeliveries?

  /// The notice about the history; `nil` if there is none.
  var history: TimedHistoryNotice?
  /// The history that is written; `nil` if there is none.
  var historyRun: HistoryRun?
  /// The minutes that the chart shows besides the seconds of this run; `nil` if there are none.
  var chartMinutes: ChartMinutes? {
    didSet { state.offersDays = chartMinutes != nil }
  }
  /// The second from which this run continues an earlier one, until that has been displayed.
  var continuation: EpochSecond?

  /// The choices that the next run begins with.
  var remembered: RememberedView
  /// Remembers them, and returns why it could not.
  let saveView: (RememberedView) -> String?

  var renderer: DashboardRenderer
  /// What is displayed.
  var displayed = SnapshotCache()
  /// The current figures while the display is frozen.
  var live = SnapshotCache()
  var displayedStatus: RunStatus?
  var hasNotice = false
  var lastFrame = -Double.infinity
  /// When the tables were last those of the last closed second.
  var lastTables = -Double.infinity
  private(set) var message: (text: String, until: Double)?
  var notices: TimedNotices
  private(set) var loading = LoadingPace()
  private var dispatcher: Dispatcher
  private var outputFailure: OutputFailure?
  private var requestedEnding: Ending?
  private var hasBacklog = false

  /// - Parameters:
  ///   - dispatcher: passes the events of the session to the actions.
  ///   - deliveries: what became of notifications; `nil` if nobody is notified.
  ///   - influx: sends intervals to a store, if there is one.
  ///   - events: sends events to a broker, if there is one.
  ///   - remembered: the choices of an earlier run.
  ///   - saveView: remembers choices, and returns why it could not.
  init(
    _ options: Options, session: Session, screen: any Screen, dispatcher: Dispatcher,
    deliveries: AlertDeliveries? = nil, influx: InfluxSetup? = nil,
    events: StreamConnection? = nil,
    remembered: RememberedView = RememberedView(),
    saveView: @escaping (RememberedView) -> String? = { _ in nil }
  ) {
    self.remembered = remembered
    state = ViewState(ranked: options.rank)
    self.saveView = saveView
    self.options = options
    self.session = session
    self.screen = screen
    filter = options.analysis.filter.map { SafeString($0.text) }
    self.dispatcher = dispatcher
    self.deliveries = deliveries
    self.influx = influx
    eventStream = events
    renderer = DashboardRenderer(size: screen.size, glyphs: screen.glyphs)
    notices = TimedNotices(start: session.monotonic())
    switch options.shownTimes {
    case .local: state.times = .local
    case .utc: state.times = .utc
    case .log: state.times = .log(zone)
    }
    applyRemembered()
  }

  // MARK: - Work

  /// Reads and analyzes for a short time.
  ///
  /// - Returns: the number of bytes read from the log.
  @discardableResult
  func work() -> Int64 {
    // A replay can still seek within what was read before the failure.
    guard failure == nil || session.isReplay else { return 0 }
    // A long log is read faster than a disk saves; the next tick goes on.
    if history?.store.isCongested == true { return 0 }
    let turn = session.work(budget: Self.budget)
    if !session.pipeline.reportLimits.isEmpty { end(.ordinary) }
    dispatch(turn.events, isRecent: turn.isRecent)
    historyRun?.savePlaces(session)
    report(turn.arrival)
    if let failure = turn.failure { handle(failure) }
    if turn.hasBacklog { queueWork() }
    loading.observe(session.loadingPhase, at: session.monotonic())
    return turn.bytes
  }

  /// Stops reading if there is no other log. What was read stays on the screen, if there is anything.
  private func handle(_ failure: SourceFailure) {
    isStale = true
    guard session.hasNothingToRead else { return }
    self.failure = failure.failure
    if session.pipeline.offset == 0 { end(.ordinary) }
  }

  /// Passes events to the actions. Once an action has failed, none is called again and the program
  /// ends; its driver restores the terminal first.
  private func dispatch(_ events: [MonitorEvent], isRecent: Bool) {
    chartMinutes?.add(events)
    guard outputFailure == nil else { return }
    do throws(OutputFailure) {
      try dispatcher.handle(
        events, isRecent: isRecent, oldThrough: session.timeAtStart)
    } catch {
      outputFailure = error
      end(.ordinary)
    }
  }

  /// Requests that `work` is called again as soon as possible.
  func queueWork() { hasBacklog = true }

  /// Whether `work` is to be called again as soon as possible. The request is cleared.
  func drainBacklogRequest() -> Bool {
    defer { hasBacklog = false }
    return hasBacklog
  }

  // MARK: - The end

  /// Why the program is to exit; `nil` while it is to run on.
  var ending: Ending? { requestedEnding ?? (screen.isGone ? .signal(SIGHUP) : nil) }

  /// Requests the end of the program. The first request counts.
  func end(_ ending: Ending) { requestedEnding = requestedEnding ?? ending }

  /// Ends the session in order. Nothing else may be called afterwards.
  func finish() -> Farewell {
    let isRecent = session.isPastStart
    historyRun?.savePlaces(session, isLast: true)
    influx?.interrupt()
    eventStream?.stream.interrupt()
    dispatch(session.stop(), isRecent: isRecent)
    var farewell = Farewell(session, options)
    farewell.outputFailure = outputFailure
    return farewell
  }

  // MARK: - Messages

  var hasMessage: Bool { message.map { session.monotonic() < $0.until } ?? false }

  /// Displays a message for a short time.
  func show(_ text: String) {
    message = (text, session.monotonic() + Self.messageSeconds)
  }
}
