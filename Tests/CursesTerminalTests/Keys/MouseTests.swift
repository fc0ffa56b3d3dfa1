import TerminalCanvas
import Testing

@testable import CursesTerminal

/// Reports of the mouse, `CSI < button ; column ; row M` or `m`.
struct MouseTests {
  private func keys(_ bytes: String, reports: Bool = true) -> [Key] {
    var reader = KeyReader()
    reader.reportsMouse = reports
    return bytes.utf8.compactMap { reader.key(Int32($0)) }
  }

  @Test(arguments: [
    ("\u{1B}[<0;1;1M", Mouse(.press, row: 0, column: 0)),
    ("\u{1B}[<0;80;24M", Mouse(.press, row: 23, column: 79)),
    ("\u{1B}[<64;10;3M", Mouse(.wheelUp, row: 2, column: 9)),
    ("\u{1B}[<65;200;60M", Mouse(.wheelDown, row: 59, column: 199)),
    ("\u{1B}[<64;9999;9999M", Mouse(.wheelUp, row: 9_998, column: 9_998)),
  ])
  func pressesAndTheWheelAreReported(report: String, mouse: Mouse) {
    #expect(keys(report + "q") == [.mouse(mouse), .character("q")])
    #expect(keys(report + "q", reports: false) == [.character("q")])
  }

  @Test(arguments: [
    // Releases, other buttons, drags and modifiers.
    "\u{1B}[<0;1;1m", "\u{1B}[<64;1;1m", "\u{1B}[<1;1;1M", "\u{1B}[<2;1;1M", "\u{1B}[<32;1;1M",
    "\u{1B}[<35;1;1M", "\u{1B}[<66;1;1M", "\u{1B}[<67;1;1M", "\u{1B}[<16;1;1M", "\u{1B}[<128;1;1M",
    // Malformed reports and large numbers.
    "\u{1B}[<0;0;1M", "\u{1B}[<0;1;0M", "\u{1B}[<0;1M", "\u{1B}[<0M", "\u{1B}[<M", "\u{1B}[<;;M",
    "\u{1B}[<0;1;1;1M", "\u{1B}[<0;;1M", "\u{1B}[<0;-1;1M", "\u{1B}[<0;10000;1M",
    "\u{1B}[<0;1;10000M",
    "\u{1B}[<0;1;99999999999999999999999999M", "\u{1B}[<00000000000000;1;1M", "\u{1B}[<0:1:1M",
    "\u{1B}[<0;1 ;1M", "\u{1B}[<0;1;1 M", "\u{1B}[?0;1;1M",
  ])
  func everythingElseIsIgnored(report: String) {
    #expect(keys(report + "q") == [.character("q")])
  }

  @Test func aReportInPiecesIsNoOtherKey() {
    let report = Array("\u{1B}[<64;12;34M".utf8)
    for cut in 1..<report.count {
      var reader = KeyReader()
      reader.reportsMouse = true
      var all = report[..<cut].compactMap { reader.key(Int32($0)) }
      // At first, a report cannot be distinguished from the Esc key.
      #expect(reader.pause() == (cut == 1 ? .escape : nil))
      reader.now += cut == 1 ? 0.04 : 1
      all += report[cut...].compactMap { reader.key(Int32($0)) }
      #expect(all == [.mouse(Mouse(.wheelUp, row: 33, column: 11))], "cut at \(cut)")
      #expect(reader.key(0x71) == .character("q"))
    }
  }

  @Test func aTruncatedReportSuppressesKeysForAShortTimeOnly() {
    let report = Array("\u{1B}[<64;12;34M".utf8)
    for cut in 1..<report.count {
      var reader = KeyReader()
      reader.reportsMouse = true
      _ = report[..<cut].compactMap { reader.key(Int32($0)) }
      _ = reader.pause()
      reader.now += 3
      #expect(reader.key(0x71) == .character("q"), "cut at \(cut)")
    }
  }

  @Test func pastedTextContainsNoReports() {
    let all = keys("\u{1B}[200~a\u{1B}[<0;1;1Mb\u{1B}[201~\u{1B}[<0;2;1M")
    #expect(all == [.other, .other, .other, .other, .mouse(Mouse(.press, row: 0, column: 1))])
  }

  @Test func randomParametersAreNeverAKey() {
    for _ in 0..<5_000 {
      let parameters = (0..<Int.random(in: 0...20)).map { _ in
        Character(Unicode.Scalar(UInt8.random(in: 0x30...0x3F)))
      }
      let known = keys("\u{1B}[<\(String(parameters))M").filter {
        if case .mouse(let mouse) = $0 { mouse.row < 0 || mouse.column < 0 } else { true }
      }
      #expect(known.isEmpty, "\(String(parameters))")
    }
  }
}
