import AccessLog

/// A hit with name IDs instead of names, which does not depend on the batch of its record.
struct Hit: Sendable {
  var time: EpochSecond
  var bytes: Int64
  var names: PerDimension<NameID>
  var status: StatusClass
  var method: Method?
}

extension Hit {
  /// Replaces the name IDs.
  mutating func renumber(_ newIDs: NameIDMap) {
    Dimension.each { dimension in
      names[dimension] = newIDs[dimension][names[dimension].index]
    }
  }
}
