#ifndef CKAFKA_H
#define CKAFKA_H

#include <stddef.h>
#include <stdint.h>

// Reading from and writing to Kafka by librdkafka. The library is loaded when it is first needed, so
// that a program without Kafka neither depends on it nor pays for loading it.
//
// Codes are those of librdkafka: 0 for success, positive ones from a broker, negative ones of its own.
// All functions may be called from any thread, except that only one thread at a time may receive
// messages, or collect reports.

// Whether the library could be loaded.
int ckafka_is_available(void);
// The version as a number, 0xMMmmrrpp; 0 without the library.
int ckafka_version(void);
// A fixed text for a code.
const char *ckafka_message(int code);

// Settings, before a handle is opened with them.
struct ckafka_settings;

enum { CKAFKA_UNKNOWN_SETTING = -2, CKAFKA_INVALID_SETTING = -1, CKAFKA_ACCEPTED = 0 };

// NULL without the library or memory.
struct ckafka_settings *ckafka_settings_new(void);
// Returns one of those above; if it is negative, `reason` tells why.
int ckafka_set(
    struct ckafka_settings *settings, const char *name, const char *value, char *reason, size_t size);
void ckafka_settings_free(struct ckafka_settings *settings);

// A producer or consumer of one topic.
struct ckafka;

// Opens a handle, which begins to connect in the background. The settings are freed in any case.
// Returns NULL if that fails; `reason` tells why.
struct ckafka *ckafka_open(
    struct ckafka_settings *settings, int is_producer, const char *topic, char *reason, size_t size);
// Closes a handle. Messages that were not delivered are dropped.
void ckafka_close(struct ckafka *handle);

struct ckafka_error {
  int code;
  int is_fatal;        // the handle can do nothing more
  unsigned long count; // of all errors so far; 0 for none
  char text[512];
};
// The last error that concerns no single message, such as a connection that failed.
void ckafka_last_error(struct ckafka *handle, struct ckafka_error *error);
// The last line that the library logged. Returns the number of all lines.
unsigned long ckafka_last_log(struct ckafka *handle, char *text, size_t size);

// A descriptor that is readable whenever there is something to receive. It belongs to the handle.
// Returns a negative number if there can be none.
int ckafka_descriptor(struct ckafka *handle);
// Makes the descriptor readable.
void ckafka_wake(struct ckafka *handle);

// MARK: Producing

// Puts a message into the queue, with a number by which it is reported. `key` may be NULL. The bytes are
// copied.
int ckafka_send(
    struct ckafka *handle, const void *key, size_t key_size, const void *value, size_t value_size,
    uint64_t id);

struct ckafka_report {
  uint64_t id;
  int32_t partition;
  int code; // 0 if the brokers have it
};
// Collects at most `limit` reports of what became of messages; waits for the first one if there is none.
size_t ckafka_reports(
    struct ckafka *handle, struct ckafka_report *reports, size_t limit, int milliseconds);
// The number of messages without a report.
int ckafka_queued(struct ckafka *handle);
// Gives up all messages, also those that were sent and not acknowledged: they are reported as failed.
void ckafka_purge(struct ckafka *handle);

// MARK: Consuming

struct ckafka_position {
  int32_t partition;
  int code;
  int64_t offset; // of the next message to be read; negative for none
  char *metadata; // to be freed by the caller if it came from here; NULL for none
  size_t metadata_size;
};

// The numbers of the partitions of the topic. Blocks. Returns a code; `count` is the number of all, of
// which at most `limit` are stored.
int ckafka_partitions(
    struct ckafka *handle, int milliseconds, int32_t *partitions, size_t limit, size_t *count);
// The first offset of a partition, and the one behind its last message. Blocks.
int ckafka_extent(
    struct ckafka *handle, int32_t partition, int milliseconds, int64_t *low, int64_t *high);
// The offset behind the last message of a partition, as the last answer to reading said; negative before
// there was one.
int64_t ckafka_known_end(struct ckafka *handle, int32_t partition);
// The messages of a partition. It belongs to the handle.
struct ckafka_queue;
// Opens the queue of a partition, before it is read from: its messages come there, so that each
// partition can be read at its own pace. NULL without memory.
struct ckafka_queue *ckafka_open_partition(struct ckafka *handle, int32_t partition);
// Reads from further partitions.
int ckafka_assign(struct ckafka *handle, const struct ckafka_position *positions, size_t count);
// Fills in what is kept for the partitions. Blocks.
int ckafka_committed(
    struct ckafka *handle, struct ckafka_position *positions, size_t count, int milliseconds);
// Keeps positions at the broker. Blocks, until the broker has answered or the library gives up.
int ckafka_commit(struct ckafka *handle, const struct ckafka_position *positions, size_t count);

struct ckafka_message {
  int32_t partition;
  int code; // CKAFKA_PARTITION_END, or an error, of which `value` is the text
  int64_t offset;
  const void *key; // NULL for none
  size_t key_size;
  const void *value; // NULL for none
  size_t value_size;
  void *owner;
};
enum { CKAFKA_PARTITION_END = -191 };
// Resets the descriptor: whatever comes from now on makes it readable again.
void ckafka_begin_receiving(struct ckafka *handle);
// Takes at most `limit` messages of a partition without waiting; NULL for what concerns none. They stay
// valid until they are released.
size_t ckafka_receive(
    struct ckafka *handle, struct ckafka_queue *partition, struct ckafka_message *messages,
    size_t limit);
void ckafka_release(const struct ckafka_message *messages, size_t count);

#endif
