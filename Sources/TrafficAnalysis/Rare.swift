/// A value that mostly is not there, kept apart so that whoever holds it stays small.
struct Rare<Value: Sendable>: Sendable {
  /// None or one.
  private var values: [Value] = []

  var value: Value? { values.first }

  /// Changes the value where it lies, or a new one where there is none.
  mutating func modify(or new: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
    if values.isEmpty { values.append(new()) }
    change(&values[0])
  }

  /// Changes the value where it lies, if there is one.
  mutating func modifyIfPresent(_ change: (inout Value) -> Void) {
    if !values.isEmpty { change(&values[0]) }
  }
}
