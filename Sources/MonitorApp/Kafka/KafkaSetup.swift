import AccessLog
import Engine
import Glibc
import KafkaTransfer
import LogInput

/// Makes what the options say of Kafka.
enum KafkaSetup {
  /// The settings with their values. Exits if one cannot be read.
  static func access(_ options: Options) -> KafkaAccess {
    do throws(KafkaProblem) {
      return try options.kafka.access(environment: ProcessEnvironment.variables)
    } catch {
      exit(for: error)
    }
  }

  /// Exits because of a setting.
  static func exit(for problem: KafkaProblem) -> Never {
    Diagnostics.print("--kafka", problem.reason)
    Glibc.exit(2)
  }

  private static func start(_ options: Options) -> KafkaStart {
    if let tail = options.tail { return .tail(Int64(tail)) }
    return options.keepsPositions ? .committed() : .beginning
  }

  /// A topic as a source. Exits if a setting cannot be used.
  ///
  /// - Throws: if the library is missing. Whether there are brokers shows later.
  static func input(
    _ path: Name, _ options: Options, _ memory: ReadingMemory
  ) throws(InputFailure) -> Input {
    let text = String(decoding: path.bytes, as: UTF8.self)
    // Mistakes in the address were reported when the options were checked.
    guard let address = try? KafkaAddress(parsing: text) else { throw .system(code: EINVAL) }
    let topic: KafkaTopic
    do throws(KafkaProblem) {
      topic = try KafkaTopic(
        address, access(options), path: path,
        start: start(options),
        isFollowing: options.isFollowing, keepsPositions: options.keepsPositions,
        monotonic: Clocks.monotonic)
    } catch {
      if error.kind == .settings { exit(for: error) }
      throw .service(reason: Name(error.reason))
    }
    var input = Input(reader: BlockReader(source: topic, memory: memory), path: path)
    input.listener = topic
    input.state = { topic.state }
    input.drainNotices = topic.drainNotices
    return input
  }
}

extension Options {
  /// Whether a run goes on where the last one has stopped to read topics: one that is a stage for others, or
  /// has a name of its own. Not on the screen, which shows what was before, and not where the command line
  /// says where to begin.
  var keepsPositions: Bool {
    isFollowing && output != .dashboard && tail == nil && since == nil
      && (events != nil || kafka.namesClient)
  }
}

extension Name {
  /// Whether a source on the command line is no file: a listener or a topic.
  var isService: Bool { ListenAddress.isListener(self) || KafkaAddress.isTopic(self) }
}
