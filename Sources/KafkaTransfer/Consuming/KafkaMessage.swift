import CKafka

/// A message of a topic. Its bytes are valid only while it is being handed over.
package struct KafkaMessage {
  package let partition: Int32
  package let offset: Int64
  /// Empty for none.
  package let key: UnsafeRawBufferPointer
  /// Empty for none.
  package let value: UnsafeRawBufferPointer

  init(_ message: ckafka_message) {
    partition = message.partition
    offset = message.offset
    key = UnsafeRawBufferPointer(start: message.key, count: message.key_size)
    value = UnsafeRawBufferPointer(start: message.value, count: message.value_size)
  }
}
