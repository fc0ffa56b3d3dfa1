import Foundation

do throws(BenchUsage) {
  try BenchCommand.parse(Array(CommandLine.arguments.dropFirst())).run()
} catch {
  Measurement.stop(error.reason + "; try: lm2000-bench --help", status: 2)
}
