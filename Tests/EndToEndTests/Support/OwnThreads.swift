import Foundation
import Synchronization
import Testing

/// Runs the tests of a suite on threads that only such tests use. They wait for other processes most of
/// the time; on the usual threads, of which there is one for each core, nothing else would run
/// meanwhile.
struct OwnThreads: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(ThreadPool.waiting) { try await function() }
  }
}

extension Trait where Self == OwnThreads {
  static var ownThreads: Self { OwnThreads() }
}

/// Threads that run tasks in the order in which they become ready.
private final class ThreadPool: TaskExecutor {
  /// So few that programs under test are not late on a machine of two cores.
  static let waiting = ThreadPool(threads: 5)

  private let jobs = Mutex<[UnownedJob]>([])
  private let ready = DispatchSemaphore(value: 0)

  init(threads: Int) {
    for _ in 0..<threads { Thread { self.run() }.start() }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    ready.signal()
  }

  private func run() {
    while true {
      ready.wait()
      let job = jobs.withLock { $0.removeFirst() }
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}
