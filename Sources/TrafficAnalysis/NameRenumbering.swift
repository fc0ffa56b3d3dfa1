/// Which names something still refers to, by dimension.
struct NameMarks: Sendable {
  private(set) var sections: [Bool]
  private(set) var clients: [Bool]

  init(_ names: NameTables) {
    sections = Array(repeating: false, count: names.sections.count)
    clients = Array(repeating: false, count: names.clients.count)
  }

  mutating func add(section: NameID) { sections[section.index] = true }
  mutating func add(client: NameID) { clients[client.index] = true }

  mutating func add(_ figures: SecondFigures) {
    for count in figures.sections { add(section: count.id) }
    for count in figures.clients { add(client: count.id) }
  }

  mutating func add(sections ranking: NameRanking) {
    for total in ranking.totals { add(section: total.id) }
  }

  mutating func add(clients ranking: NameRanking) {
    for total in ranking.totals { add(client: total.id) }
  }
}

/// The new numbers of names, by their old ones, after those that nothing refers to were forgotten.
struct NameNumbers: Sendable {
  let sections: [NameID]
  let clients: [NameID]
}

extension NameTables {
  /// Forgets every name without a mark.
  mutating func compact(keeping marks: NameMarks) -> NameNumbers {
    NameNumbers(
      sections: sections.compact(keeping: marks.sections),
      clients: clients.compact(keeping: marks.clients))
  }
}

extension SecondFigures {
  /// Takes over new numbers for the names.
  mutating func renumber(_ numbers: NameNumbers) {
    for index in sections.indices {
      sections[index].id = numbers.sections[sections[index].id.index]
    }
    for index in clients.indices { clients[index].id = numbers.clients[clients[index].id.index] }
  }
}
