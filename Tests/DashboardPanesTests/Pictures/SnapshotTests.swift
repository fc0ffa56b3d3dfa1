import Foundation
import TerminalCanvas
import TerminalKit
import Testing

@testable import DashboardPanes

/// A picture of the dashboard that is stored in a file.
struct Picture: Sendable, CustomTestStringConvertible {
  var scene: Scene
  var rows: Int
  var columns: Int

  var name: String { "\(scene.rawValue)-\(columns)x\(rows)" }
  var testDescription: String { name }

  private static let sizes = [(0, 0), (1, 1), (10, 40), (24, 80), (36, 120), (60, 200)]
  private static let everySize: [Scene] = [.empty, .normal, .alert, .rules]
  private static let small: [Scene] = [
    .sources, .notified, .filtered,
    .chart, .zoomed, .alerts, .status, .details, .replay, .quiet, .unreadable, .waiting, .paused,
    .loading, .fleet, .fleetInASCII, .server,
  ]
  private static let wide: [Scene] = [
    .details, .selected, .longNames, .hostile, .heavy, .cursor, .scattered, .finished, .ascii,
    .quiet, .unreadable, .zoomed, .replay, .loading, .sources, .notified, .filtered, .week, .month,
    .fleet, .fleetInASCII, .fleetSelected, .server,
  ]

  static let all: [Picture] =
    everySize.flatMap { scene in
      sizes.map { Picture(scene: scene, rows: $0.0, columns: $0.1) }
    }
    + Scene.allCases.filter { !everySize.contains($0) }.map {
      Picture(scene: $0, rows: 24, columns: 80)
    }
    + small.map { Picture(scene: $0, rows: 10, columns: 40) }
    + wide.map { Picture(scene: $0, rows: 36, columns: 120) }
    + [
      Scene.details, .zoomed, .loading, .sources, .notified, .week, .month, .fleet, .fleetSelected,
      .server,
    ].map { Picture(scene: $0, rows: 60, columns: 200) }

  /// The characters of the picture, then a letter for the colour of each, then for its background.
  func text() -> String {
    let canvas = Display(scene, Size(rows: rows, columns: columns)).canvas
    return
      (canvas.lines + ["", "colours"] + canvas.styleLines + ["", "backgrounds"] + canvas.groundLines)
      .joined(separator: "\n") + "\n"
  }
}

struct SnapshotTests {
  /// Writes the pictures to their files. The test fails then too, so that this is not left on.
  static let records = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Snapshots")

  @Test(arguments: Picture.all)
  func thePictureEqualsTheStoredOne(picture: Picture) throws {
    let file = Self.folder.appendingPathComponent("\(picture.name).txt")
    let text = picture.text()
    if Self.records {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(picture.name)")
      return
    }
    #expect(try Data(contentsOf: file) == Data(text.utf8), "\(text)")
  }

  @Test func everyStoredPictureIsCompared() throws {
    let stored = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(stored) == Set(Picture.all.map { "\($0.name).txt" }))
  }
}
