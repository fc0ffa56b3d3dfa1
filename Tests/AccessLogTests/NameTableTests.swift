import AccessLog
import Testing

/// IDs of names, which are compared as words where they are short.
@Suite struct NameTableTests {
  /// Names of all lengths about those at which they are compared in another way, with last bytes that
  /// could be taken for a length or a mark.
  private static let names: [[UInt8]] = {
    var names: [[UInt8]] = [[]]
    for count in Array(1...18) + [31, 32, 33, 40] {
      for last: UInt8 in [0, 1, 7, 15, 16, 17, 0x41, 0xFE, 0xFF] {
        for filling: UInt8 in [0, 0x41] {
          names.append([UInt8](repeating: filling, count: count - 1) + [last])
        }
      }
    }
    return Array(Set(names)).sorted { $0.lexicographicallyPrecedes($1) }
  }()

  @Test func distinctNamesHaveDistinctIDsAndEqualOnesTheSame() {
    var table = NameTable()
    let ids = Self.names.map { table.id(adding: Name($0)) }
    #expect(Set(ids).count == Self.names.count)
    for (name, id) in zip(Self.names, ids) {
      #expect(table.id(adding: Name(name)) == id)
      #expect(table.id(of: Name(name)) == id)
      #expect(table[id].bytes == name)
      #expect(table[id] == Name(name))
      #expect(table.length(of: id) == name.count)
    }
  }

  /// Names that are found together are those that are found one by one, however often they occur and
  /// however many are new.
  @Test(arguments: [1, 2, 63, 64, 65, 200, 5000]) func namesCanBeFoundTogether(count: Int) {
    let (together, apart) = (RecordBatch(), RecordBatch())
    let names = (0..<count).map { index in
      Self.names[index * index % Self.names.count] + Array("\(index % 97)".utf8)
    }
    let padding = [UInt8](repeating: 0x5A, count: 16)
    let texts = names.map { $0 + padding }
    let record = Record(
      time: EpochSecond(1), bytes: 1,
      names: CommonNames(
        section: NameID(value: 0), client: NameID(value: 0), status: NameID(value: 0)),
      status: .successful, method: .get)
    withExtendedLifetime(texts) {
      // Each keeps its place until all are found.
      let copies = texts.map { text in
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
        _ = copy.initialize(from: text)
        return copy
      }
      defer { for copy in copies { copy.deallocate() } }
      for (index, name) in names.enumerated() {
        let other = (index * 7) % names.count
        guard let section = copies[index].baseAddress, let client = copies[other].baseAddress
        else { continue }
        together.add(
          record, section: (UnsafePointer(section), name.count),
          client: (UnsafePointer(client), names[other].count))
        var known = record
        known.names.section = apart.id(adding: Name(name), in: .section)
        known.names.client = apart.id(adding: Name(names[other]), in: .client)
        apart.add(known)
      }
      together.resolveNames()
    }
    #expect(together.records.count == count)
    for (one, other) in zip(together.records, apart.records) {
      for dimension in [Dimension.section, .client] {
        #expect(one.names[dimension] == other.names[dimension])
        #expect(
          together.name(one.names[dimension], in: dimension)
            == apart.name(other.names[dimension], in: dimension))
      }
    }
  }
}
