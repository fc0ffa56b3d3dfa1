#include "library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

// MARK: Settings

struct ckafka_settings {
  rd_kafka_conf_t *conf;
};

struct ckafka_settings *ckafka_settings_new(void) {
  if (!ckafka_is_available()) return NULL;
  struct ckafka_settings *settings = calloc(1, sizeof *settings);
  if (settings) settings->conf = kafka.conf_new();
  return settings;
}

int ckafka_set(
    struct ckafka_settings *settings, const char *name, const char *value, char *reason,
    size_t size) {
  return kafka.conf_set(settings->conf, name, value, reason, size);
}

void ckafka_settings_free(struct ckafka_settings *settings) {
  if (settings->conf) kafka.conf_destroy(settings->conf);
  free(settings);
}

// MARK: What the library tells, from any of its threads

static void copy_text(char *to, size_t size, const char *from) { snprintf(to, size, "%s", from); }

static void note_log(const rd_kafka_t *client, int level, const char *facility, const char *text) {
  (void)level;
  struct ckafka *handle = client ? kafka.opaque(client) : NULL;
  if (!handle) return;
  pthread_mutex_lock(&handle->lock);
  handle->log_lines++;
  snprintf(handle->log_line, sizeof handle->log_line, "%s: %s", facility, text);
  pthread_mutex_unlock(&handle->lock);
}

static void note_error(rd_kafka_t *client, int code, const char *text, void *context) {
  struct ckafka *handle = context;
  char cause[sizeof handle->error.text];
  int is_fatal = code == RD_KAFKA_RESP_ERR__FATAL;
  if (is_fatal) {
    code = kafka.fatal_error(client, cause, sizeof cause);
    text = cause;
  }
  pthread_mutex_lock(&handle->lock);
  if (!handle->error.is_fatal) {
    handle->error.code = code;
    handle->error.is_fatal = is_fatal;
    copy_text(handle->error.text, sizeof handle->error.text, text);
  }
  handle->error.count++;
  pthread_mutex_unlock(&handle->lock);
}

// Called while reports are collected only.
static void note_report(rd_kafka_t *client, const rd_kafka_message_t *message, void *context) {
  (void)client;
  struct reports *reports = &((struct ckafka *)context)->reports;
  if (reports->count == reports->room) {
    size_t room = reports->room ? reports->room * 2 : 256;
    struct ckafka_report *items = realloc(reports->items, room * sizeof *items);
    if (!items) return;
    reports->items = items;
    reports->room = room;
  }
  reports->items[reports->count++] = (struct ckafka_report){
      (uint64_t)(uintptr_t)message->private_data, message->partition, message->err};
}

void ckafka_last_error(struct ckafka *handle, struct ckafka_error *error) {
  pthread_mutex_lock(&handle->lock);
  *error = handle->error;
  pthread_mutex_unlock(&handle->lock);
}

unsigned long ckafka_last_log(struct ckafka *handle, char *text, size_t size) {
  pthread_mutex_lock(&handle->lock);
  unsigned long count = handle->log_lines;
  copy_text(text, size, handle->log_line);
  pthread_mutex_unlock(&handle->lock);
  return count;
}

// MARK: Opening and closing

static void close_queue(rd_kafka_queue_t *queue) {
  kafka.queue_io_event_enable(queue, -1, NULL, 0);
  kafka.queue_destroy(queue);
}

static void release(struct ckafka *handle) {
  while (handle->partitions) {
    struct ckafka_queue *partition = handle->partitions;
    handle->partitions = partition->next;
    close_queue(partition->queue);
    free(partition);
  }
  if (handle->queue) close_queue(handle->queue);
  if (handle->topic) kafka.topic_destroy(handle->topic);
  // A consumer is in no group that it would have to leave.
  if (handle->client) kafka.destroy_flags(handle->client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
  if (handle->event >= 0) close(handle->event);
  free(handle->reports.items);
  free(handle->name);
  pthread_mutex_destroy(&handle->lock);
  free(handle);
}

// Prepares the queue of what there is to receive, and the descriptor that tells of it.
static void open_queue(struct ckafka *handle, int is_producer) {
  if (!is_producer) kafka.poll_set_consumer(handle->client);
  handle->queue =
      is_producer ? kafka.queue_get_main(handle->client) : kafka.queue_get_consumer(handle->client);
  handle->event = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  uint64_t one = 1;
  if (handle->event >= 0) {
    kafka.queue_io_event_enable(handle->queue, handle->event, &one, sizeof one);
  }
}

struct ckafka *ckafka_open(
    struct ckafka_settings *settings, int is_producer, const char *topic, char *reason,
    size_t size) {
  struct ckafka *handle = calloc(1, sizeof *handle);
  if (handle) handle->name = strdup(topic);
  if (!handle || !handle->name) {
    copy_text(reason, size, "out of memory");
    free(handle);
    ckafka_settings_free(settings);
    return NULL;
  }
  handle->event = -1;
  pthread_mutex_init(&handle->lock, NULL);
  kafka.conf_set_opaque(settings->conf, handle);
  kafka.conf_set_log_cb(settings->conf, note_log);
  kafka.conf_set_error_cb(settings->conf, note_error);
  if (is_producer) kafka.conf_set_dr_msg_cb(settings->conf, note_report);
  int kind = is_producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER;
  handle->client = kafka.new(kind, settings->conf, reason, size);
  // A client that could be made owns them.
  if (handle->client) settings->conf = NULL;
  ckafka_settings_free(settings);
  if (handle->client) handle->topic = kafka.topic_new(handle->client, topic, NULL);
  if (handle->client && !handle->topic) {
    copy_text(reason, size, kafka.err2str(kafka.last_error()));
  }
  if (!handle->topic) {
    release(handle);
    return NULL;
  }
  open_queue(handle, is_producer);
  return handle;
}

void ckafka_close(struct ckafka *handle) { release(handle); }

// MARK: The descriptor

int ckafka_descriptor(struct ckafka *handle) { return handle->event; }

void ckafka_wake(struct ckafka *handle) {
  uint64_t one = 1;
  if (handle->event >= 0 && write(handle->event, &one, sizeof one) < 0) return;
}
