import AccessLog

/// The name of the source of a line: as a name of the batch, and as a text for conditions.
struct LineSource {
  var id: NameID
  var text: TextRange
}

extension RecordBatch {
  /// Lets lines be asked what conditions ask; of no conditions, nothing.
  ///
  /// - Parameter source: the name of the lines that no wrapper names.
  func ask(_ conditions: CompiledConditions?, _ source: Name) {
    guard let conditions else {
      if evaluatorState != nil { setEvaluator(nil, state: nil) }
      return
    }
    let former = evaluator as? ConditionEvaluator
    let isSame = former?.conditions === conditions && former?.source == source
    guard !isSame else {
      former?.beginSource()
      return
    }
    let evaluator = ConditionEvaluator(conditions, source, matchWidth: matchWidth)
    setEvaluator(evaluator, state: UnsafeMutableRawPointer(evaluator.state))
  }

  private var lineConditions: UnsafeMutablePointer<LineConditions>? {
    evaluatorState?.assumingMemoryBound(to: LineConditions.self)
  }

  /// The name of the source of the line that is parsed.
  var lineSource: LineSource {
    get { LineSource(id: source, text: lineConditions?.pointee.source ?? .hyphen) }
    set {
      source = newValue.id
      lineConditions?.pointee.source = newValue.text
    }
  }

  /// Lets the record of a line have the name that a wrapper gives.
  ///
  /// - Parameter name: a part of the line; not empty.
  func nameSource(_ name: TextRange) {
    lineConditions?.pointee.source = name
    guard wanted.dimensions.contains(.source) else { return }
    source = id(of: name.start, count: name.count, in: .source)
  }
}
