import Foundation

/// Results are stored here so that the optimizer cannot leave work out.
nonisolated(unsafe) var sink = 0

/// Crashes, which the fuzzer reports, unless the condition holds.
func require(_ condition: Bool, _ expectation: StaticString) {
  if !condition { fatalError("\(expectation)") }
}

/// The entry point that libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  guard let data, size > 0 else { return 0 }
  let targets = FuzzTarget.allCases
  let bytes = Array(UnsafeBufferPointer(start: data + 1, count: size - 1))
  targets[Int(data[0]) % targets.count].run(bytes)
  return 0
}
