extension SafeString {
  /// The text in at most `columns`; where it is cut, its last column is an ellipsis.
  ///
  /// A wide character that would be cut in two is left out. In ASCII the text is converted first.
  package func truncated(to columns: Int, as repertoire: Repertoire = .unicode) -> SafeString {
    let whole = converted(to: repertoire)
    guard whole.width > columns else { return whole }
    guard columns > 0 else { return .empty }
    let ellipsis = repertoire.ellipsis
    return whole.prefix(columns - ellipsis.width) + ellipsis
  }

  /// As much of the beginning as fits into `columns`, without an ellipsis.
  package func prefix(_ columns: Int) -> SafeString {
    guard width > columns else { return self }
    var scalars = String.UnicodeScalarView()
    var used = 0
    for cluster in clusters {
      guard used + cluster.width <= columns else { break }
      used += cluster.width
      scalars.append(cluster.scalar)
      scalars.append(contentsOf: cluster.marks)
    }
    return SafeString(harmless: String(scalars), width: used)
  }

  /// The text with spaces around it, so that it takes at least `columns`.
  package func padded(to columns: Int, _ alignment: Alignment = .left) -> SafeString {
    guard width < columns else { return self }
    let missing = columns - width
    let before =
      switch alignment {
      case .left: 0
      case .right: missing
      case .center: missing / 2
      }
    let spaces = { String(repeating: " ", count: $0) }
    return SafeString(
      harmless: spaces(before) + text + spaces(missing - before), width: columns)
  }

  /// The text in exactly `columns`: cut with an ellipsis, or filled with spaces.
  package func fitted(
    to columns: Int, _ alignment: Alignment = .left, as repertoire: Repertoire = .unicode
  ) -> SafeString {
    truncated(to: columns, as: repertoire).padded(to: columns, alignment)
  }
}
