/// The names of each dimension.
public typealias NameTables = PerDimension<NameTable>

extension NameTables {
  /// Tables without a name.
  package init(_ ranked: DimensionSet = []) { self.init(ranked, repeating: NameTable()) }

  /// The number of names in the dimension with the most.
  package var mostNames: Int { reduce(0) { Swift.max($0, $1.count) } }

  /// The total length of names, in bytes, in the dimension with the most.
  package var mostBytes: Int { reduce(0) { Swift.max($0, $1.byteCount) } }

  /// The memory used, in bytes.
  package var footprint: Int { reduce(0) { $0 + $1.footprint } }
}
