import AccessLog
import ReferenceModel
import Testing

/// The buckets of latencies.
@Suite struct LatencyScaleTests {
  /// Every small latency, and latencies of all magnitudes.
  private static let latencies: [Int64] = {
    var random = RandomSource(seed: 1)
    let large = (0..<20_000).map { _ in
      random.number(0...(Int64(1) << random.number(Int64(1)...49)))
    }
    return Array(0...5000) + large + [LatencyScale.greatest]
  }()

  @Test func theValueOfABucketIsNearEveryLatencyInIt() {
    for latency in Self.latencies {
      let value = LatencyScale.value(of: LatencyScale.bucket(of: latency))
      let error = abs(value - Double(latency))
      #expect(error <= LatencyScale.relativeError * Double(latency) * 1.000_001, "\(latency)")
    }
  }

  @Test func bucketsAreInTheOrderOfLatencies() {
    let sorted = Self.latencies.sorted()
    for (less, more) in zip(sorted, sorted.dropFirst()) {
      #expect(LatencyScale.bucket(of: less) <= LatencyScale.bucket(of: more), "\(less), \(more)")
    }
  }

  @Test func latenciesThatAreTooShortForTheErrorAreExact() {
    for latency in 0...90 as ClosedRange<Int64> {
      let value = LatencyScale.value(of: LatencyScale.bucket(of: latency))
      #expect(abs(value - Double(latency)) < 1e-9)
    }
  }

  /// Most logs have whole milliseconds.
  @Test func roundLatenciesStandForTheirBuckets() {
    for milliseconds in 1...100 as ClosedRange<Int64> {
      let value = LatencyScale.value(of: LatencyScale.bucket(of: milliseconds * 1000))
      #expect(abs(value - Double(milliseconds * 1000)) < 1e-6, "\(milliseconds) ms")
    }
  }

  @Test func theNumberOfBucketsIsSmall() {
    #expect(LatencyScale.bucket(of: LatencyScale.greatest) < 8192)
  }
}
