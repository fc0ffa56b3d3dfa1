// swift-tools-version: 6.2
import PackageDescription

// Warnings stop the build only where this is asked for (continuous integration), so that a newer
// compiler's new warning never breaks the build of someone who just wants to run the program.
let warningsAreErrors = Context.environment["LM2000_WARNINGS_AS_ERRORS"] == "1"
// The fuzzer needs sanitizer flags that only its own build sets.
let withFuzzer = Context.environment["LM2000_FUZZ"] == "1"

let settings: [SwiftSetting] =
  warningsAreErrors ? [.treatAllWarnings(as: .error)] : []

/// A library target: what it is for stands in its folder, what it may import stands here.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func program(
  _ name: String, _ dependencies: [Target.Dependency], flags: [SwiftSetting] = [],
  linkerSettings: [LinkerSetting] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, swiftSettings: settings + flags,
    linkerSettings: linkerSettings)
}

/// Optimized, the monitor has Swift's own libraries in its file: it starts in two thirds of the time,
/// reads faster by 3 %, and runs where no Swift is installed.
let oneFile = LinkerSetting.unsafeFlags(["-static-stdlib"], .when(configuration: .release))

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "lm2000",
  products: [
    .executable(name: "lm2000", targets: ["lm2000"]),
    .executable(name: "lm2000-traffic", targets: ["lm2000-traffic"]),
    .executable(name: "lm2000-bench", targets: ["lm2000-bench"]),
  ],
  targets: [
    // C at the leaves.
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CLzma", providers: [.apt(["liblzma-dev"])]),
    .systemLibrary(name: "CBzip2", providers: [.apt(["libbz2-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CTerminalGuard"),
    // Loads libcurl when it is first needed.
    .target(name: "CCurl"),
    .target(name: "CSpawn"),
    .target(name: "CSockets"),
    .target(name: "CProcess"),
    .target(name: "CByteMasks"),
    // Loads libmicrohttpd when it is first needed.
    .target(name: "CMicrohttpd"),
    // Loads librdkafka when it is first needed.
    .target(name: "CKafka"),

    // Parse -> Analyze -> Action.
    library("SafeText"),
    library("AccessLog"),
    library("Conditions", ["AccessLog", "SafeText"]),
    library("LogInput", ["AccessLog", "CZlib", "CZstd", "CLzma", "CBzip2", "CSockets"]),
    library("LogParsing", ["AccessLog", "CByteMasks"]),
    library("TrafficAnalysis", ["AccessLog"]),
    library("Engine", ["LogInput", "LogParsing", "TrafficAnalysis", "AccessLog"]),
    library("Messages", ["TrafficAnalysis", "AccessLog", "SafeText"]),
    library("EventOutput", ["Messages", "TrafficAnalysis", "AccessLog", "SafeText"]),
    library("PrivateFiles"),
    library("Spooling", ["PrivateFiles"]),
    library("WebTransfer", ["PrivateFiles", "CCurl"]),
    library(
      "Actions",
      [
        "EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "SafeText", "PrivateFiles",
        "WebTransfer", "CSpawn",
      ]),
    library(
      "History",
      [
        "EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "SafeText", "PrivateFiles",
        "CSQLite",
      ]),
    library(
      "MetricsServer",
      ["EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "SafeText", "CMicrohttpd"]),
    library(
      "InfluxOutput",
      [
        "EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "SafeText", "PrivateFiles",
        "Spooling", "WebTransfer",
      ]),
    library("KafkaTransfer", ["AccessLog", "PrivateFiles", "WebTransfer", "CKafka"]),
    library(
      "StreamOutput",
      [
        "EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "SafeText", "PrivateFiles",
        "Spooling", "KafkaTransfer",
      ]),

    // The screen.
    library("DashboardModel", ["Messages", "TrafficAnalysis", "AccessLog", "SafeText"]),
    library("TerminalCanvas", ["SafeText"]),
    library("DashboardPanes", ["DashboardModel", "Messages", "TerminalCanvas", "SafeText"]),
    library("CursesTerminal", ["TerminalCanvas", "CNcurses", "CTerminalGuard"]),

    // The programs.
    library("TrafficGenerator", ["AccessLog"]),
    library(
      "MonitorApp",
      [
        "SafeText", "AccessLog", "Conditions", "LogInput", "LogParsing", "TrafficAnalysis",
        "Engine", "Messages", "EventOutput", "Actions", "PrivateFiles", "WebTransfer", "History",
        "MetricsServer", "InfluxOutput", "KafkaTransfer", "StreamOutput", "DashboardModel",
        "TerminalCanvas", "DashboardPanes", "CursesTerminal", "TrafficGenerator", "CProcess",
      ]),
    program("lm2000", ["MonitorApp"], linkerSettings: [oneFile]),
    program("lm2000-traffic", ["TrafficGenerator", "AccessLog"]),
    program(
      "lm2000-bench",
      [
        "LogInput", "LogParsing", "TrafficAnalysis", "Engine", "EventOutput", "AccessLog",
        "Conditions", "TrafficGenerator", "MonitorApp", "TerminalCanvas", "TerminalKit",
      ]),

    // Tests mirror Sources.
    // The model is slow on purpose; optimized, it reads thousands of logs in seconds.
    .target(
      name: "ReferenceModel", path: "Tests/ReferenceModel",
      swiftSettings: settings + [.unsafeFlags(["-O"])]),
    .target(
      name: "TerminalKit", dependencies: ["TerminalCanvas", "SafeText"], path: "Tests/TerminalKit",
      swiftSettings: settings),
    .target(
      name: "TrafficKit", dependencies: ["TrafficAnalysis", "AccessLog"], path: "Tests/TrafficKit",
      swiftSettings: settings),
    .target(
      name: "PipelineKit",
      dependencies: ["Engine", "EventOutput", "LogInput", "TrafficAnalysis", "AccessLog"],
      path: "Tests/PipelineKit", swiftSettings: settings),
    .target(name: "LoopbackKit", path: "Tests/LoopbackKit", swiftSettings: settings),
    .target(
      name: "ReceiverKit", dependencies: ["LoopbackKit"], path: "Tests/ReceiverKit",
      swiftSettings: settings),
    .target(
      name: "WebClientKit", dependencies: ["LoopbackKit"], path: "Tests/WebClientKit",
      swiftSettings: settings),
    tests("SafeTextTests", ["SafeText"]),
    tests("AccessLogTests", ["AccessLog", "ReferenceModel"]),
    tests("ConditionsTests", ["Conditions", "AccessLog", "SafeText"]),
    tests(
      "LogInputTests",
      ["LogInput", "AccessLog", "ReferenceModel", "CZlib", "CZstd", "CLzma", "CBzip2"]),
    tests("LogParsingTests", ["LogParsing", "Conditions", "AccessLog", "ReferenceModel"]),
    tests(
      "TrafficAnalysisTests", ["TrafficAnalysis", "AccessLog", "ReferenceModel", "TrafficKit"]),
    tests("MessagesTests", ["Messages", "TrafficAnalysis", "AccessLog"]),
    tests(
      "EngineTests",
      [
        "Engine", "LogInput", "LogParsing", "TrafficAnalysis", "Conditions", "AccessLog",
        "EventOutput", "ReferenceModel", "PipelineKit",
      ]),
    tests(
      "EventOutputTests",
      ["EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "PipelineKit"]),
    tests(
      "ActionsTests",
      [
        "Actions", "WebTransfer", "EventOutput", "TrafficAnalysis", "AccessLog", "SafeText",
        "ReceiverKit",
      ]),
    tests(
      "HistoryTests",
      ["History", "EventOutput", "TrafficAnalysis", "AccessLog", "SafeText", "CSQLite"]),
    tests(
      "MetricsServerTests",
      [
        "MetricsServer", "EventOutput", "TrafficAnalysis", "AccessLog", "WebClientKit",
        "LoopbackKit",
      ]),
    tests(
      "InfluxOutputTests",
      [
        "InfluxOutput", "WebTransfer", "EventOutput", "TrafficAnalysis", "AccessLog",
        "PrivateFiles", "Spooling", "ReceiverKit",
      ]),
    .target(
      name: "KafkaKit", dependencies: ["LoopbackKit"], path: "Tests/KafkaKit", exclude: ["Mock"],
      swiftSettings: settings),
    tests("KafkaTransferTests", ["KafkaTransfer", "WebTransfer", "AccessLog", "KafkaKit"]),
    tests(
      "StreamOutputTests",
      [
        "StreamOutput", "KafkaTransfer", "EventOutput", "TrafficAnalysis", "AccessLog",
        "PrivateFiles", "Spooling", "KafkaKit", "ReceiverKit",
      ]),
    tests(
      "DashboardModelTests",
      [
        "TrafficKit", "ReferenceModel", "DashboardModel", "Messages", "TrafficAnalysis",
        "AccessLog", "SafeText",
      ]),
    tests("TerminalCanvasTests", ["TerminalCanvas", "SafeText", "TerminalKit"]),
    tests(
      "DashboardPanesTests",
      [
        "DashboardPanes", "DashboardModel", "TerminalCanvas", "TrafficAnalysis", "AccessLog",
        "SafeText", "TerminalKit", "ReferenceModel",
      ],
      exclude: ["Snapshots"]),
    tests("CursesTerminalTests", ["CursesTerminal", "TerminalCanvas", "SafeText", "TerminalKit"]),
    tests("TrafficGeneratorTests", ["TrafficGenerator", "AccessLog"]),
    tests(
      "MonitorAppTests",
      [
        "MonitorApp", "Messages", "Engine", "LogInput", "TrafficAnalysis", "DashboardModel",
        "TerminalCanvas", "TerminalKit", "AccessLog", "History",
      ]),
    tests("LayeringTests", []),
    tests(
      "EndToEndTests",
      [
        "TrafficGenerator", "AccessLog", "TerminalCanvas", "TerminalKit", "ReceiverKit",
        "WebClientKit", "LoopbackKit", "KafkaKit",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

if withFuzzer {
  package.products.append(.executable(name: "lm2000-fuzz", targets: ["lm2000-fuzz"]))
  package.targets.append(
    program(
      "lm2000-fuzz",
      [
        "SafeText", "AccessLog", "Conditions", "LogInput", "LogParsing", "TrafficAnalysis",
        "Engine", "EventOutput", "PipelineKit",
      ], flags: [.unsafeFlags(["-parse-as-library"])]))
}

// Some tests alone build in a fraction of the time: LM2000_TESTS=EngineTests,LayeringTests.
if let names = Context.environment["LM2000_TESTS"]?.split(separator: ",") {
  package.targets.removeAll { $0.type == .test && !names.contains(Substring($0.name)) }
}
