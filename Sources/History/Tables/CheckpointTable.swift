import AccessLog
import EventOutput

/// The positions up to which sources were read. What a position is made of is the caller's business.
enum CheckpointTable {
  /// The rejected checkpoints that are kept.
  private static let keptRejections = 100

  static func save(
    _ data: [UInt8], of source: Name, at time: EpochSecond, _ connection: Connection
  ) throws(DatabaseError) {
    try connection.run(
      "INSERT OR REPLACE INTO checkpoints(source, data, sum, time) VALUES(?, ?, ?, ?)",
      [
        .blob(source.bytes), .blob(data), .blob(sum(of: data, source)), .integer(time),
      ])
  }

  /// The checkpoints, and those of which some bytes have changed since they were saved.
  static func all(
    _ connection: Connection
  ) throws(DatabaseError) -> (sound: [Name: [UInt8]], damaged: [Name]) {
    var sound: [Name: [UInt8]] = [:]
    var damaged: [Name] = []
    try connection.rows("SELECT source, data, sum FROM checkpoints ORDER BY source") { row in
      let (source, data) = (Name(row[0].bytes), row[1].bytes)
      if row[2].bytes == sum(of: data, source) {
        sound[source] = data
      } else {
        damaged.append(source)
      }
    }
    return (sound, damaged)
  }

  /// Keeps a checkpoint aside, where nobody uses it.
  static func reject(
    _ source: Name, reason: String, at time: EpochSecond, _ connection: Connection
  ) throws(DatabaseError) {
    try connection.run(
      """
      INSERT INTO rejected_checkpoints(source, data, reason, time)
      SELECT source, data, ?, ? FROM checkpoints WHERE source = ?
      """, [.text(reason), .integer(time), .blob(source.bytes)])
    try connection.run("DELETE FROM checkpoints WHERE source = ?", [.blob(source.bytes)])
    try connection.run(
      """
      DELETE FROM rejected_checkpoints WHERE id <=
        (SELECT max(id) FROM rejected_checkpoints) - \(keptRejections)
      """, [])
  }

  private static func sum(of data: [UInt8], _ source: Name) -> [UInt8] {
    // The length in front keeps the border between the two.
    SHA256.hash(Array("\(source.bytes.count):".utf8) + source.bytes + data)
  }
}
