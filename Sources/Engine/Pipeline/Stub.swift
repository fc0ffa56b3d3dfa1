import TrafficAnalysis

extension Pipeline {
  package func place(
    matching text: [UInt8], in request: RankingRequest, window: TableWindow,
    comparison: TableComparison, from place: Int, forward: Bool
  ) -> Int? { nil }
}
