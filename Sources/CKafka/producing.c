#include "library.h"

#include <string.h>

int ckafka_send(
    struct ckafka *handle, const void *key, size_t key_size, const void *value, size_t value_size,
    uint64_t id) {
  int failed = kafka.produce(
      handle->topic, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, (void *)value, value_size, key,
      key_size, (void *)(uintptr_t)id);
  return failed ? kafka.last_error() : 0;
}

size_t ckafka_reports(
    struct ckafka *handle, struct ckafka_report *reports, size_t limit, int milliseconds) {
  struct reports *waiting = &handle->reports;
  if (waiting->first == waiting->count) {
    waiting->first = waiting->count = 0;
    kafka.poll(handle->client, milliseconds);
  }
  size_t count = waiting->count - waiting->first;
  if (count > limit) count = limit;
  if (count > 0) memcpy(reports, waiting->items + waiting->first, count * sizeof *reports);
  waiting->first += count;
  return count;
}

int ckafka_queued(struct ckafka *handle) { return kafka.outq_len(handle->client); }

void ckafka_purge(struct ckafka *handle) {
  kafka.purge(handle->client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
}
