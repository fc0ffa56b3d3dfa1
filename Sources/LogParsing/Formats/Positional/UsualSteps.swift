import AccessLog

/// The steps of a layout for the lines that most servers write nearly always.
///
/// Nothing changes after they were compiled, so threads can share them.
final class UsualSteps: @unchecked Sendable {
  /// What a line is read by, without references to count for every line.
  struct Reading {
    fileprivate let opening: UsualText
    fileprivate let parts: UnsafeBufferPointer<Part>
  }

  /// Consecutive plain fields, perhaps none, and the step that follows them.
  fileprivate struct Part {
    var fields: UnsafeBufferPointer<PlainField>
    /// `nil` behind the last field.
    var step: UnsafePointer<UsualStep>?
  }

  /// Valid as long as the steps exist.
  let reading: Reading

  private let memory: ConstantMemory

  /// - Parameter wanted: fields behind all that are wanted are not looked for.
  /// - Returns: `nil` if a step has no usual form.
  init?(_ layout: FieldLayout, _ wanted: ExtraFields) {
    guard let opening = UsualText(layout.texts[layout.opening]) else { return nil }
    let last = layout.steps.lastIndex { Self.isRead($0.role, wanted) } ?? 0
    let plain = (0..<max(last + 1, layout.required)).map { PlainField(layout, $0) }
    // The plain fields before each step, and before the end.
    var fields: [[PlainField]] = [[]]
    var steps: [UsualStep] = []
    for (number, field) in plain.enumerated() {
      let usual = UsualStep(layout, number)
      let isNextPlain = number + 1 < plain.count && plain[number + 1] != nil
      // A single word is found sooner by a search.
      let isAlone = fields[steps.count].isEmpty && !isNextPlain && usual?.isSearched ?? false
      if let field, !isAlone {
        fields[steps.count].append(field)
      } else {
        guard let usual else { return nil }
        steps.append(usual)
        fields.append([])
      }
    }
    fields = fields.map(PlainField.consecutive)
    let memory = ConstantMemory()
    let copies = memory.copy(steps)
    let parts = fields.enumerated().map { number, fields in
      Part(
        fields: memory.copy(fields),
        step: number < steps.count ? copies.baseAddress.unsafelyUnwrapped + number : nil)
    }
    reading = Reading(opening: opening, parts: memory.copy(parts))
    self.memory = memory
  }

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
    for number in parts.indices {
      // Not a copy of it.
      let part = parts.baseAddress.unsafelyUnwrapped + number
      if part.pointee.fields.count > 0 {
        guard PlainField.read(part.pointee.fields, in: line.start, from: &index, &found) else {
          return false
        }
      }
      guard let step = part.pointee.step else { break }
      if step.pointee.isSearched {
        let end = UsualStep.endBySearch(step, in: line.start, from: index)
        guard end >= 0 else { return false }
        found.set(step.pointee.role, index, end)
        index = step.pointee.text.end(from: end, of: line.start)
        continue
      }
      guard let place = UsualStep.read(step, in: line.start, count: line.count, from: index)
      else { return false }
      index = place.next
      if step.pointee.role != .other { found.set(step.pointee.role, place.start, place.end) }
    }
    return true
  }
}
