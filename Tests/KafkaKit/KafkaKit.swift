/// Brokers for tests.
package enum KafkaKit {}
