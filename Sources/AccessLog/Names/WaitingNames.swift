/// The names of hits whose IDs are not known yet. They are found together, so that the processor waits
/// for memory once for many, and not for each.
@frozen @usableFromInline struct WaitingNames {
  /// The number of hits whose names are found together.
  @usableFromInline static var limit: Int { 64 }

  /// The bytes of a name, `NameTable.padding` readable ones after it.
  @frozen @usableFromInline struct Text {
    @usableFromInline let start: UnsafePointer<UInt8>
    @usableFromInline let count: Int

    @inlinable init(start: UnsafePointer<UInt8>, count: Int) {
      self.start = start
      self.count = count
    }
  }

  /// A hit.
  @frozen @usableFromInline struct Entry {
    @usableFromInline let section: Text
    @usableFromInline let client: Text
    /// Its index.
    @usableFromInline let hit: Int

    @inlinable @inline(__always)
    init(section: Text, client: Text, hit: Int) {
      self.section = section
      self.client = client
      self.hit = hit
    }
  }

  /// What is compared of a name, and the slot that holds its ID unless others met there.
  @usableFromInline struct Probe {
    let key: NameKey
    let hash: UInt32
    let slot: NameTable.Slot
  }

  @usableFromInline let entries = UnsafeMutablePointer<Entry>.allocate(capacity: limit)
  @usableFromInline var count = 0
  @usableFromInline let probes = UnsafeMutablePointer<Probe>.allocate(capacity: limit)

  init() {}

  /// Frees its memory, after which it must not be used.
  func deallocate() {
    entries.deallocate()
    probes.deallocate()
  }

  /// Sets the names of the hits.
  ///
  /// - Parameter records: all hits of the batch.
  mutating func resolve(
    in records: UnsafeMutablePointer<Record>, _ sectionTable: inout NameTable,
    _ clientTable: inout NameTable
  ) {
    for index in 0..<count { probes[index] = sectionTable.probe(entries[index].section) }
    for index in 0..<count {
      let entry = entries[index]
      records[entry.hit].names.section = sectionTable.id(of: entry.section, probes[index])
    }
    for index in 0..<count { probes[index] = clientTable.probe(entries[index].client) }
    for index in 0..<count {
      let entry = entries[index]
      records[entry.hit].names.client = clientTable.id(of: entry.client, probes[index])
    }
    count = 0
  }
}

extension NameTable {
  /// What is compared of a name, and where it is expected: nothing that is read depends on what was read
  /// for another name.
  @inline(__always)
  fileprivate func probe(_ name: WaitingNames.Text) -> WaitingNames.Probe {
    let key = NameKey(name.start, count: name.count, seeds)
    let hash = key.hash(seeds)
    let place = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
    return WaitingNames.Probe(key: key, hash: hash, slot: slots[place])
  }

  /// The ID of a name, which is added if it is new.
  @inline(__always)
  fileprivate mutating func id(
    of name: WaitingNames.Text, _ probe: WaitingNames.Probe
  ) -> NameID {
    if probe.slot.hash == probe.hash, probe.slot.number > 0,
      isSame(probe.slot.number, probe.key, name.start, name.count)
    {
      return NameID(value: probe.slot.number &- 1)
    }
    return id(of: probe.key, probe.hash, name.start, count: name.count)
  }

  /// The ID of a name that is not where it is expected.
  @inline(never)
  private mutating func id(
    of key: NameKey, _ hash: UInt32, _ name: UnsafePointer<UInt8>, count: Int
  ) -> NameID {
    let (place, number) = find(key, hash, name, count)
    return number > 0 ? NameID(value: number &- 1) : insert(key, hash, name, count, at: place)
  }
}
