import AccessLog

/// The steps of a layout for the lines that most servers write nearly always.
///
/// Nothing changes after they were compiled, so threads can share them.
final class UsualSteps: @unchecked Sendable {
  /// What a line is read by, without references to count for every line.
  struct Reading {
    fileprivate let opening: UsualText
    fileprivate let steps: UnsafeBufferPointer<UsualStep>
  }

  /// Valid as long as the steps exist.
  let reading: Reading

  /// - Parameter wanted: fields behind all that are wanted are not looked for.
  /// - Returns: `nil` if a step has no usual form.
  init?(_ layout: FieldLayout, _ wanted: ExtraFields) {
    guard let opening = UsualText(layout.texts[layout.opening]) else { return nil }
    let last = layout.steps.lastIndex { Self.isRead($0.role, wanted) } ?? 0
    var steps: [UsualStep] = []
    for step in layout.steps.prefix(max(last + 1, layout.required)) {
      guard let usual = UsualStep(step, layout.texts[step.text]) else { return nil }
      steps.append(usual)
    }
    let copy = UnsafeMutableBufferPointer<UsualStep>.allocate(capacity: steps.count)
    _ = copy.initialize(from: steps)
    reading = Reading(opening: opening, steps: UnsafeBufferPointer(copy))
  }

  deinit { reading.steps.deallocate() }

  private static func isRead(_ role: FieldRole, _ wanted: ExtraFields) -> Bool {
    switch role {
    case .other: false
    case .query: wanted.contains(.query)
    case .host: wanted.contains(.host)
    case .user: wanted.contains(.user)
    case .referrer: wanted.contains(.referrer)
    case .agent: wanted.contains(.agent)
    default: true
    }
  }

}

extension UsualSteps.Reading {
  /// Finds the fields of a line as `FieldLayout.find` does.
  ///
  /// A line that is found has all fields of the steps, so fields of another line of the same layout
  /// may be left from before.
  ///
  /// - Parameter line: a newline follows it, and it begins with neither a space nor a newline.
  /// - Returns: `false` if the line is not a usual one.
  /// - Complexity: O(bytes of the line).
  @inline(__always)
  func find(in line: TextRange, _ found: inout FoundFields) -> Bool {
    guard var index = opening.match(line.start, at: 0) else { return false }
    found.hasNoBackslashes = true
    var separators = SeparatorCursor(line.start)
    for number in steps.indices {
      // Not a copy of the step, all of which few fields need.
      let step = steps.baseAddress.unsafelyUnwrapped + number
      guard
        let (start, end) = step.pointee.read(
          line.start, count: line.count, &separators, from: &index)
      else {
        return false
      }
      if step.pointee.role != .other { found.set(step.pointee.role, start, end) }
    }
    return true
  }
}
