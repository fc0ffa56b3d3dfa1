import ReferenceModel
import Testing

/// A comparison covers only the branches that generated logs reach: many logs must reach each of
/// them.
@Suite struct ModelComparisonCoverageTests {
  private static let seeds: ClosedRange<UInt64> = 1...2000
  private static let enough = 10

  @Test func generatedLogsReachEveryBranch() {
    var logs: [ClockBranch: Int] = [:]
    for seed in Self.seeds {
      let log = GeneratedLog(seed: seed)
      for branch in ReferenceModel.branches(log.bytes, options: log.options).keys {
        logs[branch, default: 0] += 1
      }
    }
    for branch in ClockBranch.allCases where !ClockBranch.whileFollowing.contains(branch) {
      #expect(logs[branch, default: 0] >= Self.enough, "\(branch)")
    }
  }

  @Test func generatedLogsContainEveryKindOfLine() {
    var logs: [LineBranch: Int] = [:]
    for seed in Self.seeds {
      let log = GeneratedLog(seed: seed)
      for branch in ReferenceModel.lineBranches(log.bytes, options: log.options) {
        logs[branch, default: 0] += 1
      }
    }
    for branch in LineBranch.allCases {
      #expect(logs[branch, default: 0] >= Self.enough, "\(branch)")
    }
  }

  @Test func generatedScriptsReachEveryBranchOfFollowing() {
    var scripts: [ClockBranch: Int] = [:]
    for seed in Self.seeds {
      let script = FollowScript(seed: seed)
      let branches = ReferenceModel.branches(
        script.polls, endsByItself: script.endsByItself, options: script.options)
      for branch in branches.keys { scripts[branch, default: 0] += 1 }
    }
    for branch in ClockBranch.whileFollowing {
      #expect(scripts[branch, default: 0] >= Self.enough, "\(branch)")
    }
  }
}
