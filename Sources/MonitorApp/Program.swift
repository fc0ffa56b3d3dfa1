import AccessLog
import EventOutput
import Foundation
import Glibc
import LogInput
import LogParsing
import Monitoring

/// The composition root: chooses the source, the pipeline and what is done with its events.
@MainActor
package enum Program {
  /// Runs until there is nothing more to do; never returns.
  package static func main() -> Never {
    let arguments = (1..<Int(CommandLine.argc)).map { index -> [UInt8] in
      guard let argument = CommandLine.unsafeArgv[index] else { return [] }
      return (0..<strlen(argument)).map { UInt8(bitPattern: argument[$0]) }
    }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    do throws(UsageError) {
      run(try Options.parse(arguments))
    } catch {
      Diagnostics.say(error.object, error.reason + "; try: lm2000 --help")
      exit(2)
    }
  }

  private static func run(_ asked: Options) -> Never {
    var options = asked
    if let information = options.information { inform(information) }
    guard geteuid() == getuid(), getegid() == getgid() else {
      Diagnostics.say("setuid", "refusing to run with borrowed rights")
      exit(2)
    }
    checkDescriptors()
    let showsItself = options.demo || Surroundings.isTerminal(STDOUT_FILENO)
    let output = options.output ?? (showsItself ? .dashboard : .text)
    if options.paths.isEmpty, !options.demo, Surroundings.isTerminal(STDIN_FILENO) {
      Diagnostics.say("FILE", "missing: name a log, or - for standard input; try: lm2000 --help")
      exit(2)
    }
    if output == .dashboard, options.paths == [Name("-")], Surroundings.isTerminal(STDIN_FILENO) {
      Diagnostics.say("standard input", "is where keys come from: name a log, or pipe one in")
      exit(2)
    }
    options.follow = !options.replay && (options.follow ?? (output == .dashboard))
    if output == .dashboard { DashboardStart.run(options) }
    report(options, output)
  }

  private static func report(_ options: Options, _ output: Options.Output) -> Never {
    do throws(InputFailure) {
      let session = session(options, try Input.open(options), canSeek: false)
      ReportRun(options, session: session, output: output).start()
      RunLoop.main.run()
      exit(0)
    } catch {
      Diagnostics.say(options.paths.first ?? Name("-"), error.message)
      exit(1)
    }
  }

  static func session(_ options: Options, _ input: Input, canSeek: Bool) -> Session {
    var pipeline = PipelineOptions()
    pipeline.analysis = options.analysis
    pipeline.analysis.following = options.isFollowing
    pipeline.format = options.format.flatMap(FormatCatalog.format)
    pipeline.path = input.path
    limit(&pipeline, to: options.span, input)
    let pacer = options.replay ? Pacer(speed: options.speed, maxGap: options.maxGap) : nil
    return Session(pipeline, input: input, pacer: pacer, canSeek: canSeek)
  }

  /// Records that are asked for by the time of day lie on the day of the last record that is there,
  /// or where that cannot be known yet, of the first that comes.
  private static func limit(_ pipeline: inout PipelineOptions, to span: AskedSpan, _ input: Input) {
    guard span.needsRecord else {
      pipeline.analysis.span = span.resolved(day: EpochSecond(0), logOffset: 0)
      return
    }
    if let last = input.lastRecord?(pipeline.format) {
      pipeline.analysis.span = span.resolved(day: last.time, logOffset: last.zoneOffset)
    } else {
      pipeline.spanFromFirst = { span.resolved(day: $0, logOffset: $1) }
    }
  }

  /// The loop alone needs so many descriptors that with less it would start and then hang.
  private static func checkDescriptors() {
    let needed = 24
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < needed
    else { return }
    Diagnostics.say(
      "ulimit -n \(limit.rlim_cur)", "Too many open files; at least \(needed) are needed")
    exit(1)
  }

  private static func inform(_ information: Options.Information) -> Never {
    let text =
      switch information {
      case .help: HelpText.usage
      case .version: HelpText.version
      case .formats: HelpText.formats
      }
    do throws(OutputFailure) {
      try DescriptorSink(descriptor: STDOUT_FILENO, flushesEveryWrite: true).write(Array(text.utf8))
    } catch {
      Diagnostics.end(for: error)
    }
    exit(0)
  }
}
