import AccessLog
import Testing

@testable import Engine
@testable import LogInput

/// The marks that are kept, compared with all marks.
@Suite struct ReadingMarkTests {
  /// A mark in the newest of some files, each of which is 1,000 bytes long.
  private func mark(_ offset: Int64, _ head: Int64?) throws -> ReadingMark {
    let length = offset % 1_000
    let sample = [UInt8](repeating: 7, count: Int(length))
    let part = try #require(ReadPart(length: length, head: sample, end: sample))
    let identity = FileIdentity(device: 1, inode: UInt64(offset / 1_000), birth: 0)
    return ReadingMark(
      offset: offset, head: head.map { EpochSecond($0) },
      place: SavedPlace(files: [.init(identity: identity, truncations: 0, part: part)], seen: []))
  }

  @Test(arguments: [1, 16, 40, 900] as [Int64], [1, 3, 50] as [Int64])
  func thePlacesToBeginAtAreAsGoodAsIfAllWereKept(length: Int64, step: Int64) throws {
    var random = SeededRandom(seed: UInt64(length * 100 + step))
    var marks = ReadingMarks()
    var all: [ReadingMark] = []
    var (offset, head) = (Int64(0), Int64(1_000))
    for number in 0..<2_000 {
      let mark = try mark(offset, number == 0 ? nil : head)
      let closed = number == 0 ? nil : EpochSecond(head - 3)
      marks.add(mark, closed: closed, length: length)
      all.append(mark)
      if let closed {
        try compare(marks, all, closed, length)
        // Those of open seconds, of each file, and some for the time that is read again.
        #expect(marks.marks.count < 60 + 2 * Int(offset / 1_000 - marks.marks[0].offset / 1_000))
      }
      offset += Int64(1 + random.next(40))
      head += Int64(random.next(2)) * Int64(1 + random.next(Int(step)))
    }
  }

  private func compare(
    _ marks: ReadingMarks, _ all: [ReadingMark], _ closed: EpochSecond, _ length: Int64
  ) throws {
    #expect(marks.marks.map(\.offset) == marks.marks.map(\.offset).sorted())
    #expect(marks.last == all.last)
    // Exactly there for the seconds that are open.
    #expect(marks.start(for: closed) == all.last { $0.isBefore(closed) })
    // At most a sixteenth of the time too early for what is read again, and never too late.
    let needed = closed.advanced(by: -length)
    let start = try #require(marks.start(for: needed))
    let best = try #require(all.last { $0.isBefore(needed) })
    #expect(start.isBefore(needed) && start.offset <= best.offset)
    if let head = best.head, let early = start.head {
      #expect(head.seconds(since: early) < max(1, length / 16))
    }
  }

  /// Each file is recognized by the last place in it, even if its marks lie close together.
  @Test func theLastMarkOfEachFileStays() throws {
    var marks = ReadingMarks()
    for offset in stride(from: Int64(0), to: 20_000, by: 250) {
      marks.add(
        try mark(offset, 1_000 + offset / 1_000), closed: EpochSecond(1_000 + offset / 1_000),
        length: 1_600)
    }
    let parts = marks.parts(since: try #require(marks.marks.first), nil)
    #expect(parts.files.map(\.identity.inode) == Array(0..<20))
    #expect(parts.files.map(\.part.length) == [Int64](repeating: 750, count: 20))
  }
}
