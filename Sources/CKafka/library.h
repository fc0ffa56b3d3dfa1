#ifndef CKAFKA_LIBRARY_H
#define CKAFKA_LIBRARY_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "CKafka.h"

// What is needed of <librdkafka/rdkafka.h>: the numbers and prototypes are part of the stable ABI of
// librdkafka.so.1, so that nothing but the library itself has to be installed.

typedef struct rd_kafka_s rd_kafka_t;
typedef struct rd_kafka_conf_s rd_kafka_conf_t;
typedef struct rd_kafka_topic_s rd_kafka_topic_t;
typedef struct rd_kafka_queue_s rd_kafka_queue_t;

enum {
  RD_KAFKA_PRODUCER = 0,
  RD_KAFKA_CONSUMER = 1,

  RD_KAFKA_CONF_OK = 0,
  RD_KAFKA_PARTITION_UA = -1,
  RD_KAFKA_MSG_F_COPY = 2,
  RD_KAFKA_PURGE_F_QUEUE = 1,
  RD_KAFKA_PURGE_F_INFLIGHT = 2,
  RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE = 8,

  RD_KAFKA_RESP_ERR__FATAL = -150,
  RD_KAFKA_RESP_ERR__FAIL = -196,
};

typedef struct {
  int err;
  rd_kafka_topic_t *rkt;
  int32_t partition;
  void *payload;
  size_t len;
  void *key;
  size_t key_len;
  int64_t offset;
  void *private_data;
} rd_kafka_message_t;

typedef struct {
  char *topic;
  int32_t partition;
  int64_t offset;
  void *metadata;
  size_t metadata_size;
  void *opaque;
  int err;
  void *private_data;
} rd_kafka_topic_partition_t;

typedef struct {
  int cnt;
  int size;
  rd_kafka_topic_partition_t *elems;
} rd_kafka_topic_partition_list_t;

struct rd_kafka_metadata_partition {
  int32_t id;
  int err;
  int32_t leader;
  int replica_cnt;
  int32_t *replicas;
  int isr_cnt;
  int32_t *isrs;
};

struct rd_kafka_metadata_topic {
  char *topic;
  int partition_cnt;
  struct rd_kafka_metadata_partition *partitions;
  int err;
};

struct rd_kafka_metadata {
  int broker_cnt;
  void *brokers;
  int topic_cnt;
  struct rd_kafka_metadata_topic *topics;
  int32_t orig_broker_id;
  char *orig_broker_name;
};

typedef void (*log_function)(const rd_kafka_t *, int, const char *, const char *);
typedef void (*error_function)(rd_kafka_t *, int, const char *, void *);
typedef void (*report_function)(rd_kafka_t *, const rd_kafka_message_t *, void *);

// The functions of the library: name, type of the result, types of the arguments.
#define CKAFKA_FUNCTIONS(F) \
  F(version, int, (void)) \
  F(err2str, const char *, (int)) \
  F(last_error, int, (void)) \
  F(conf_new, rd_kafka_conf_t *, (void)) \
  F(conf_destroy, void, (rd_kafka_conf_t *)) \
  F(conf_set, int, (rd_kafka_conf_t *, const char *, const char *, char *, size_t)) \
  F(conf_set_log_cb, void, (rd_kafka_conf_t *, log_function)) \
  F(conf_set_error_cb, void, (rd_kafka_conf_t *, error_function)) \
  F(conf_set_dr_msg_cb, void, (rd_kafka_conf_t *, report_function)) \
  F(conf_set_opaque, void, (rd_kafka_conf_t *, void *)) \
  F(opaque, void *, (const rd_kafka_t *)) \
  F(new, rd_kafka_t *, (int, rd_kafka_conf_t *, char *, size_t)) \
  F(destroy_flags, void, (rd_kafka_t *, int)) \
  F(fatal_error, int, (rd_kafka_t *, char *, size_t)) \
  F(topic_new, rd_kafka_topic_t *, (rd_kafka_t *, const char *, void *)) \
  F(topic_destroy, void, (rd_kafka_topic_t *)) \
  F(poll, int, (rd_kafka_t *, int)) \
  F(produce, int, \
    (rd_kafka_topic_t *, int32_t, int, void *, size_t, const void *, size_t, void *)) \
  F(outq_len, int, (rd_kafka_t *)) \
  F(purge, int, (rd_kafka_t *, int)) \
  F(poll_set_consumer, int, (rd_kafka_t *)) \
  F(queue_get_consumer, rd_kafka_queue_t *, (rd_kafka_t *)) \
  F(queue_get_main, rd_kafka_queue_t *, (rd_kafka_t *)) \
  F(queue_get_partition, rd_kafka_queue_t *, (rd_kafka_t *, const char *, int32_t)) \
  F(queue_forward, void, (rd_kafka_queue_t *, rd_kafka_queue_t *)) \
  F(queue_destroy, void, (rd_kafka_queue_t *)) \
  F(queue_io_event_enable, void, (rd_kafka_queue_t *, int, const void *, size_t)) \
  F(consume_batch_queue, ssize_t, (rd_kafka_queue_t *, int, rd_kafka_message_t **, size_t)) \
  F(message_destroy, void, (rd_kafka_message_t *)) \
  F(metadata, int, \
    (rd_kafka_t *, int, rd_kafka_topic_t *, const struct rd_kafka_metadata **, int)) \
  F(metadata_destroy, void, (const struct rd_kafka_metadata *)) \
  F(query_watermark_offsets, int, \
    (rd_kafka_t *, const char *, int32_t, int64_t *, int64_t *, int)) \
  F(get_watermark_offsets, int, (rd_kafka_t *, const char *, int32_t, int64_t *, int64_t *)) \
  F(topic_partition_list_new, rd_kafka_topic_partition_list_t *, (int)) \
  F(topic_partition_list_destroy, void, (rd_kafka_topic_partition_list_t *)) \
  F(topic_partition_list_add, rd_kafka_topic_partition_t *, \
    (rd_kafka_topic_partition_list_t *, const char *, int32_t)) \
  F(incremental_assign, void *, (rd_kafka_t *, const rd_kafka_topic_partition_list_t *)) \
  F(error_code, int, (const void *)) \
  F(error_destroy, void, (void *)) \
  F(committed, int, (rd_kafka_t *, rd_kafka_topic_partition_list_t *, int)) \
  F(commit, int, (rd_kafka_t *, const rd_kafka_topic_partition_list_t *, int))

struct ckafka_library {
#define CKAFKA_MEMBER(name, result, arguments) result(*name) arguments;
  CKAFKA_FUNCTIONS(CKAFKA_MEMBER)
#undef CKAFKA_MEMBER
};

extern struct ckafka_library kafka;

// Reports that wait to be collected.
struct reports {
  struct ckafka_report *items;
  size_t first, count, room;
};

struct ckafka_queue {
  rd_kafka_queue_t *queue;
  struct ckafka_queue *next;
};

struct ckafka {
  rd_kafka_t *client;
  rd_kafka_topic_t *topic;
  rd_kafka_queue_t *queue;
  struct ckafka_queue *partitions; // those that were opened; for `lock`
  char *name; // of the topic
  int event;  // eventfd(2), or negative
  struct reports reports;
  pthread_mutex_t lock; // for what follows
  struct ckafka_error error;
  unsigned long log_lines;
  char log_line[512];
};

#endif
