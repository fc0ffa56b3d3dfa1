import Foundation
import Testing

/// Which target may know of which; the compiler's own check misses transitive ones.
private let arrows: [String: Set<String>] = [
  "CTerminalGuard": [],
  "SafeText": [],
  "AccessLog": [],
  "Conditions": ["AccessLog", "SafeText"],
  "LogInput": ["AccessLog", "CZlib", "CZstd", "CLzma", "CBzip2", "CSockets"],
  "LogParsing": ["AccessLog", "CByteMasks"],
  "TrafficAnalysis": ["AccessLog"],
  "Engine": ["LogInput", "LogParsing", "TrafficAnalysis", "AccessLog"],
  "Messages": ["TrafficAnalysis", "AccessLog", "SafeText"],
  "EventOutput": ["Messages", "TrafficAnalysis", "AccessLog", "SafeText"],
  "PrivateFiles": [],
  "Spooling": ["PrivateFiles"],
  "WebTransfer": ["PrivateFiles", "CCurl"],
  "Actions": [
    "EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "SafeText", "PrivateFiles",
    "WebTransfer", "CSpawn",
  ],
  "History": [
    "EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "SafeText", "PrivateFiles",
    "CSQLite",
  ],
  "MetricsServer": [
    "EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "SafeText", "CMicrohttpd",
  ],
  "InfluxOutput": [
    "EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "SafeText", "PrivateFiles",
    "Spooling", "WebTransfer",
  ],
  "KafkaTransfer": ["AccessLog", "PrivateFiles", "WebTransfer", "CKafka"],
  "StreamOutput": [
    "EventOutput", "Messages", "TrafficAnalysis", "AccessLog", "SafeText", "PrivateFiles",
    "Spooling", "KafkaTransfer",
  ],
  "DashboardModel": ["Messages", "TrafficAnalysis", "AccessLog", "SafeText"],
  "TerminalCanvas": ["SafeText"],
  "DashboardPanes": ["DashboardModel", "Messages", "TerminalCanvas", "SafeText"],
  "CursesTerminal": ["TerminalCanvas", "CNcurses", "CTerminalGuard"],
  "TrafficGenerator": ["AccessLog"],
  "MonitorApp": [
    "SafeText", "AccessLog", "Conditions", "LogInput", "LogParsing", "TrafficAnalysis", "Engine",
    "Messages", "EventOutput", "Actions", "PrivateFiles", "WebTransfer", "History",
    "MetricsServer", "InfluxOutput", "KafkaTransfer", "StreamOutput", "DashboardModel",
    "TerminalCanvas", "DashboardPanes", "CursesTerminal", "TrafficGenerator", "CProcess",
  ],
  "lm2000": ["MonitorApp"],
  "lm2000-traffic": ["TrafficGenerator", "AccessLog"],
  "lm2000-bench": [
    "LogInput", "LogParsing", "TrafficAnalysis", "Engine", "EventOutput", "AccessLog",
    "Conditions", "TrafficGenerator", "MonitorApp", "TerminalCanvas", "TerminalKit",
  ],
  "lm2000-fuzz": [
    "SafeText", "AccessLog", "Conditions", "LogInput", "LogParsing", "TrafficAnalysis",
    "Engine", "EventOutput", "PipelineKit",
  ],
]

/// What comes with the system and the toolchain.
private let system: Set<String> = [
  "Glibc", "Foundation", "FoundationEssentials", "Dispatch", "Synchronization",
]

/// The targets that run the program; all others take from their caller what varies.
private let programs: Set<String> = [
  "MonitorApp", "lm2000", "lm2000-traffic", "lm2000-bench", "lm2000-fuzz",
]

@Suite struct LayeringTests {
  @Test func everyTargetImportsOnlyWhatItMayKnowOf() throws {
    for file in try SourceTree.files(in: "Sources") {
      let allowed = try #require(arrows[file.target], "\(file.path): in no known target")
      for module in file.imports where !system.contains(module) {
        #expect(allowed.contains(module), "\(file.path) imports \(module)")
      }
    }
  }

  @Test func theManifestDrawsTheSameArrows() throws {
    let declaration = /(?:library|program)\(\s*"([\w-]+)"(?:,\s*\[([^\]]*)\])?/
    var declared: [String: Set<String>] = ["CTerminalGuard": []]
    for match in try SourceTree.manifest().matches(of: declaration) {
      let names = (match.output.2 ?? "").matches(of: /"(\w+)"/).map { String($0.output.1) }
      declared[String(match.output.1)] = Set(names)
    }
    for (target, allowed) in arrows {
      let found = try #require(declared[target], "\(target) is not in the manifest")
      #expect(found == allowed, "\(target)")
    }
    #expect(Set(declared.keys) == Set(arrows.keys))
  }

  @Test func noArrowLeadsBack() {
    var left = arrows
    while !left.isEmpty {
      let leaves = left.filter { $0.value.allSatisfy { left[$0] == nil } }.keys
      guard !leaves.isEmpty else {
        Issue.record("these know of each other: \(left.keys.sorted())")
        return
      }
      for leaf in leaves { left[leaf] = nil }
    }
  }

  @Test(arguments: [
    ("CNcurses", "CursesTerminal"), ("CZlib", "LogInput"), ("CZstd", "LogInput"),
    ("CLzma", "LogInput"), ("CBzip2", "LogInput"), ("CCurl", "WebTransfer"), ("CSpawn", "Actions"),
    ("CSockets", "LogInput"), ("CProcess", "MonitorApp"), ("CByteMasks", "LogParsing"),
    ("CSQLite", "History"), ("CMicrohttpd", "MetricsServer"), ("CKafka", "KafkaTransfer"),
  ])
  func aLibraryOfTheSystemIsKnownInOnePlace(library: String, target: String) throws {
    for file in try SourceTree.files(in: "Sources") where file.imports.contains(library) {
      #expect(file.target == target, "\(file.path)")
    }
    for file in try SourceTree.files(in: "Tests") where file.imports.contains(library) {
      #expect(file.target == "\(target)Tests", "\(file.path)")
    }
  }

  @Test(arguments: ["print", "debugPrint", "Date", "getenv", "fatalError", "localtime_r"])
  func whatVariesIsHandedInBelowThePrograms(name: String) throws {
    for file in try SourceTree.files(in: "Sources") where !programs.contains(file.target) {
      #expect(
        file.calls(of: name).isEmpty, "\(file.path): \(name) in lines \(file.calls(of: name))")
    }
  }

  /// But for the words that every line of a log is told in: the compiler inlines across targets only
  /// what is public.
  @Test func nothingIsPublicOutsideTheVocabulary() throws {
    for file in try SourceTree.files(in: "Sources") where file.target != "AccessLog" {
      for (index, line) in file.lines.enumerated() {
        let first = line.split(whereSeparator: \.isWhitespace).first
        #expect(first != "public", "\(file.path):\(index + 1)")
      }
    }
  }

  /// A file holds one thing that can be read in one go.
  @Test func noFileIsTooLong() throws {
    for file in try SourceTree.files(in: "Sources") {
      #expect(file.lines.count <= 350, "\(file.path): \(file.lines.count) lines")
    }
  }
}

@Suite struct SourceFileTests {
  @Test(arguments: [
    ("import A", ["A"]), ("@testable import A", ["A"]), ("private import A", ["A"]),
    ("@preconcurrency package import A", ["A"]), ("import struct A.B", ["A"]),
    ("  import A  // why", ["A"]), ("// import A", []), ("let x = \"import A\"", []),
  ])
  func findsImports(line: String, modules: [String]) {
    #expect(SourceFile(path: "Sources/T/f.swift", lines: [line]).imports == modules)
  }

  @Test(arguments: [
    ("print(1)", true), ("  Swift.print(1)", true), ("sprint(1)", false), ("// print(1)", false),
    ("imprint.print(1)", true), ("let print = 1", false),
  ])
  func findsCalls(line: String, isFound: Bool) {
    let file = SourceFile(path: "Sources/T/f.swift", lines: [line])
    #expect(file.calls(of: "print") == (isFound ? [1] : []))
  }
}
