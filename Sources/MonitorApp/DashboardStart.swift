import Glibc

@MainActor
enum DashboardStart {
  static func run(_ options: Options, following: Bool) -> Never {
    exit(2)
  }
}
