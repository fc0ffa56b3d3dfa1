#include "library.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int ckafka_partitions(
    struct ckafka *handle, int milliseconds, int32_t *partitions, size_t limit, size_t *count) {
  const struct rd_kafka_metadata *metadata = NULL;
  *count = 0;
  int code = kafka.metadata(handle->client, 0, handle->topic, &metadata, milliseconds);
  if (code) return code;
  if (metadata->topic_cnt > 0) {
    const struct rd_kafka_metadata_topic *topic = &metadata->topics[0];
    code = topic->err;
    for (int i = 0; i < topic->partition_cnt; i++) {
      if (*count < limit) partitions[*count] = topic->partitions[i].id;
      *count += 1;
    }
  }
  kafka.metadata_destroy(metadata);
  return code;
}

int ckafka_extent(
    struct ckafka *handle, int32_t partition, int milliseconds, int64_t *low, int64_t *high) {
  return kafka.query_watermark_offsets(
      handle->client, handle->name, partition, low, high, milliseconds);
}

int64_t ckafka_known_end(struct ckafka *handle, int32_t partition) {
  int64_t low = -1, high = -1;
  int code = kafka.get_watermark_offsets(handle->client, handle->name, partition, &low, &high);
  return code ? -1 : high;
}

// MARK: Positions

// Copies of bytes for a list, which frees them. NULL for none.
static void *copy(const void *bytes, size_t size) {
  void *result = bytes && size > 0 ? malloc(size) : NULL;
  if (result) memcpy(result, bytes, size);
  return result;
}

static rd_kafka_topic_partition_list_t *list(
    struct ckafka *handle, const struct ckafka_position *positions, size_t count) {
  rd_kafka_topic_partition_list_t *list = kafka.topic_partition_list_new((int)count);
  for (size_t i = 0; i < count; i++) {
    rd_kafka_topic_partition_t *element =
        kafka.topic_partition_list_add(list, handle->name, positions[i].partition);
    element->offset = positions[i].offset;
    element->metadata = copy(positions[i].metadata, positions[i].metadata_size);
    element->metadata_size = element->metadata ? positions[i].metadata_size : 0;
  }
  return list;
}

int ckafka_assign(struct ckafka *handle, const struct ckafka_position *positions, size_t count) {
  rd_kafka_topic_partition_list_t *partitions = list(handle, positions, count);
  void *error = kafka.incremental_assign(handle->client, partitions);
  kafka.topic_partition_list_destroy(partitions);
  if (!error) return 0;
  int code = kafka.error_code(error);
  kafka.error_destroy(error);
  return code;
}

int ckafka_committed(
    struct ckafka *handle, struct ckafka_position *positions, size_t count, int milliseconds) {
  for (size_t i = 0; i < count; i++) {
    positions[i].metadata = NULL;
    positions[i].metadata_size = 0;
  }
  rd_kafka_topic_partition_list_t *partitions = list(handle, positions, count);
  int code = kafka.committed(handle->client, partitions, milliseconds);
  for (size_t i = 0; !code && i < count; i++) {
    const rd_kafka_topic_partition_t *element = &partitions->elems[i];
    positions[i].code = element->err;
    positions[i].offset = element->offset;
    positions[i].metadata = copy(element->metadata, element->metadata_size);
    if (positions[i].metadata) positions[i].metadata_size = element->metadata_size;
  }
  kafka.topic_partition_list_destroy(partitions);
  return code;
}

int ckafka_commit(struct ckafka *handle, const struct ckafka_position *positions, size_t count) {
  rd_kafka_topic_partition_list_t *partitions = list(handle, positions, count);
  int code = kafka.commit(handle->client, partitions, 0);
  for (int i = 0; !code && i < partitions->cnt; i++) code = partitions->elems[i].err;
  kafka.topic_partition_list_destroy(partitions);
  return code;
}

// MARK: Messages

struct ckafka_queue *ckafka_open_partition(struct ckafka *handle, int32_t partition) {
  struct ckafka_queue *result = calloc(1, sizeof *result);
  if (!result) return NULL;
  result->queue = kafka.queue_get_partition(handle->client, handle->name, partition);
  if (!result->queue) {
    free(result);
    return NULL;
  }
  kafka.queue_forward(result->queue, NULL);
  uint64_t one = 1;
  if (handle->event >= 0) {
    kafka.queue_io_event_enable(result->queue, handle->event, &one, sizeof one);
  }
  pthread_mutex_lock(&handle->lock);
  result->next = handle->partitions;
  handle->partitions = result;
  pthread_mutex_unlock(&handle->lock);
  return result;
}

void ckafka_begin_receiving(struct ckafka *handle) {
  uint64_t events;
  if (handle->event >= 0 && read(handle->event, &events, sizeof events) < 0) return;
}

size_t ckafka_receive(
    struct ckafka *handle, struct ckafka_queue *partition, struct ckafka_message *messages,
    size_t limit) {
  rd_kafka_message_t *batch[256];
  size_t room = sizeof batch / sizeof *batch;
  rd_kafka_queue_t *queue = partition ? partition->queue : handle->queue;
  ssize_t count = kafka.consume_batch_queue(queue, 0, batch, limit < room ? limit : room);
  for (ssize_t i = 0; i < count; i++) {
    const rd_kafka_message_t *message = batch[i];
    messages[i] = (struct ckafka_message){
        message->partition, message->err, message->offset, message->key, message->key_len,
        message->payload, message->len, batch[i]};
  }
  return count > 0 ? (size_t)count : 0;
}

void ckafka_release(const struct ckafka_message *messages, size_t count) {
  for (size_t i = 0; i < count; i++) kafka.message_destroy(messages[i].owner);
}
