import Testing

/// The options of the program that measures.
@Suite struct BenchOptionTests {
  private let program = "\(Built.folder)/lm2000-bench"

  @Test func everyOptionOfItsHelpIsKnown() throws {
    let help = try Ended.running("\(program) --help").output
    let options = Set(help.matches(of: /--[a-z]+/).map { String($0.output) })
    #expect(options.isSuperset(of: ["--all", "--answer", "--format", "--lines", "--steady"]))
    for option in options.subtracting(["--help"]) {
      // Refused for its place, or for the words behind it, before anything is measured.
      let ended = try Ended.running("\(program) seeks \(option) csv 1 2 3")
      #expect(ended.status != 0)
      #expect(!ended.errors.contains("unknown option"), "\(ended.errors)")
    }
  }

  @Test func anOptionThatIsNotThereIsRefused() throws {
    let ended = try Ended.running("\(program) formats --every")
    #expect(ended.status != 0)
    #expect(ended.errors.contains("--every: unknown option"))
  }
}
