import Testing

@testable import KafkaTransfer
