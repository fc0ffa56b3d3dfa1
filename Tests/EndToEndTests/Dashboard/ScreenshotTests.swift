import Foundation
import Testing

/// The screenshots show what the program shows today.
@Suite(.ownThreads, .serialized) struct ScreenshotTests {
  /// The first line in which a screen differs from a picture's text.
  private static func difference(_ shown: [String], _ expected: [String]) -> String {
    let count = max(shown.count, expected.count)
    let line = (0..<count).first { index in
      index >= shown.count || index >= expected.count || shown[index] != expected[index]
    }
    guard let line else { return "" }
    let old = line < expected.count ? expected[line] : ""
    let new = line < shown.count ? shown[line] : ""
    return "line \(line + 1)\nof the picture: \(old)\nof the program: \(new)"
  }

  @Test(arguments: Scene.all)
  func theTextOfAScreenshotIsStillWhatTheProgramShows(scene: Scene) throws {
    let folder = try Folder()
    let expected = try scene.text
    try #require(!expected.isEmpty)
    var shown: [String] = []
    do {
      let terminal = try scene.play(in: folder)
      try terminal.wait("the text of the picture") {
        shown = Scene.lines($0)
        return shown == expected
      }
    } catch {
      Issue.record(
        """
        Screenshots/\(scene.name).png is out of date; run Screenshots/redraw, after a change of keys \
        with other steps in Screenshots/scenes
        \(Self.difference(shown, expected))
        """)
    }
  }

  @Test func thereIsAPictureOfEachSceneAndNoOther() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Scene.folder)
    let pictures = files.filter { $0.hasSuffix(".png") }
    #expect(Scene.all.count >= 6)
    #expect(pictures.sorted() == Scene.all.map { $0.name + ".png" }.sorted())
    for scene in Scene.all {
      let data = try Data(contentsOf: URL(filePath: scene.picture))
      #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(scene.name).png is no PNG")
      #expect(data.count < 150_000, "\(scene.name).png is too large")
    }
  }

  @Test func theScreenshotsInTheReadmeExist() throws {
    let readme = try String(contentsOfFile: Built.root + "README.md", encoding: .utf8)
    let names = readme.matches(of: /\]\((Screenshots\/[^)]+)\)/).map { String($0.output.1) }
    #expect(!names.isEmpty)
    for name in names {
      #expect(FileManager.default.fileExists(atPath: Built.root + name), "\(name) does not exist")
    }
  }
}
