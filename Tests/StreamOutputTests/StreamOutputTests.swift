import Testing

@testable import StreamOutput
