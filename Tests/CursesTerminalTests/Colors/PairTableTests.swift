import Testing

@testable import CursesTerminal

struct PairTableTests {
  private struct Definition: Equatable {
    let number: Int16
    let foreground: Int32
    let background: Int32
  }

  private var defined: [Definition] = []

  private mutating func pair(
    _ table: inout PairTable, _ foreground: Int32, _ background: Int32
  ) -> Int16 {
    table.pair(foreground, background) {
      defined.append(Definition(number: $0, foreground: $1, background: $2))
    }
  }

  @Test mutating func equalColoursShareAPairThatIsDefinedOnce() {
    var table = PairTable(count: 64, reserved: 8)
    #expect(pair(&table, -1, -1) == 0)
    #expect(pair(&table, 1, -1) == 1)
    #expect(pair(&table, 1, 4) == 2)
    #expect(pair(&table, 1, -1) == 1)
    #expect(pair(&table, -1, 4) == 3)
    #expect(
      defined == [
        Definition(number: 1, foreground: 1, background: -1),
        Definition(number: 2, foreground: 1, background: 4),
        Definition(number: 3, foreground: -1, background: 4),
      ])
  }

  @Test mutating func whenPairsRunOutTheBackgroundIsLeftOut() {
    var table = PairTable(count: 8, reserved: 3)
    for background in 0..<4 { #expect(pair(&table, 1, Int32(background)) == Int16(background + 1)) }
    // Four of the seven pairs are taken; the rest is for foregrounds alone.
    #expect(pair(&table, 1, 4) == 5)
    #expect(defined.last == Definition(number: 5, foreground: 1, background: -1))
    #expect(pair(&table, 1, 5) == 5)
    #expect(pair(&table, 2, 5) == 6)
    #expect(pair(&table, 3, -1) == 7)
    #expect(pair(&table, 4, -1) == 0)
    #expect(pair(&table, 4, 1) == 0)
    #expect(pair(&table, 1, 2) == 3)
    #expect(defined.map(\.number) == [1, 2, 3, 4, 5, 6, 7])
  }

  @Test(arguments: [0, 1, -5])
  mutating func aTerminalWithoutPairsHasItsOwnColours(count: Int) {
    var table = PairTable(count: count, reserved: 0)
    #expect(pair(&table, 1, 2) == 0)
    #expect(pair(&table, 1, -1) == 0)
    #expect(defined.isEmpty)
  }

  @Test mutating func numbersFitCurses() {
    var table = PairTable(count: 65_536, reserved: 0)
    for number in 0..<40_000 { _ = pair(&table, Int32(number), -1) }
    #expect(defined.count == Int(Int16.max) - 1)
    #expect(defined.allSatisfy { $0.number > 0 })
  }
}
