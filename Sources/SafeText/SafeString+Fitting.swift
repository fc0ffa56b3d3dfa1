extension SafeString {
  /// The text truncated to at most `columns`. The last column of truncated text is an ellipsis.
  ///
  /// A wide character that does not fit whole is dropped. For `.ascii` the text is converted before
  /// it is measured.
  ///
  /// - Complexity: O(n)
  package func truncated(to columns: Int, as encoding: TextEncoding = .unicode) -> SafeString {
    let whole = converted(to: encoding)
    guard whole.width > columns else { return whole }
    guard columns > 0 else { return .empty }
    let ellipsis = encoding.ellipsis
    return whole.prefix(columns - ellipsis.width) + ellipsis
  }

  /// The longest prefix that fits into `columns`, without an ellipsis.
  ///
  /// - Complexity: O(n) where the text is longer than `columns`, otherwise O(1).
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
    return SafeString(sanitized: String(scalars), width: used)
  }

  /// The text padded with spaces to at least `columns`.
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
      sanitized: spaces(before) + text + spaces(missing - before), width: columns)
  }
}

extension SafeString {
  /// The text truncated to at most `columns`, with an ellipsis in its middle: names that begin alike
  /// differ at their ends.
  ///
  /// - Complexity: O(n)
  package func truncatedInMiddle(
    to columns: Int, as encoding: TextEncoding = .unicode
  ) -> SafeString {
    let whole = converted(to: encoding)
    guard whole.width > columns else { return whole }
    let ellipsis = encoding.ellipsis
    let room = columns - ellipsis.width
    guard room >= 2 else { return truncated(to: columns, as: encoding) }
    let end = whole.suffix(room / 2)
    return whole.prefix(room - end.width) + ellipsis + end
  }

  /// The longest suffix that fits into `columns`.
  ///
  /// - Complexity: O(n)
  package func suffix(_ columns: Int) -> SafeString {
    guard width > columns else { return self }
    var scalars = String.UnicodeScalarView()
    var used = 0
    var rest = width
    for cluster in clusters {
      if rest <= columns {
        scalars.append(cluster.scalar)
        scalars.append(contentsOf: cluster.marks)
        used += cluster.width
      }
      rest -= cluster.width
    }
    return SafeString(sanitized: String(scalars), width: used)
  }
}
