// A cluster of three brokers of librdkafka's own making, for tests. It prints the addresses of the
// brokers, takes commands from standard input, answers each with a line, and ends with its input:
//   topic NAME PARTITIONS | down BROKER | up BROKER | errors API COUNT CODE... | clear API
//   fail-topic NAME CODE | rtt MILLISECONDS | leader TOPIC PARTITION BROKER
// BROKER is 1 to 3, or 0 for all of them. With the address of a real broker as its argument, it starts
// none, and only makes topics there.

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BROKERS = 3 };

static rd_kafka_mock_cluster_t *cluster;

static int for_brokers(const char *word, int (*act)(int)) {
  int broker = word ? atoi(word) : 0;
  if (broker > 0) return act(broker);
  for (int i = 1; i <= BROKERS; i++) {
    if (act(i)) return 1;
  }
  return 0;
}

static int down(int broker) { return rd_kafka_mock_broker_set_down(cluster, broker) != 0; }
static int up(int broker) { return rd_kafka_mock_broker_set_up(cluster, broker) != 0; }

static int delay = 0;
static int set_delay(int broker) {
  return rd_kafka_mock_broker_set_rtt(cluster, broker, delay) != 0;
}

static int push_errors(int api, int count) {
  rd_kafka_resp_err_t errors[256];
  if (count < 1 || count > 256) return 1;
  for (int i = 0; i < count; i++) {
    const char *code = strtok(NULL, " \n");
    // The last code counts for the rest.
    errors[i] = code ? atoi(code) : i > 0 ? errors[i - 1] : 0;
  }
  rd_kafka_mock_push_request_errors_array(cluster, api, count, errors);
  return 0;
}

// Makes a topic on a real broker.
static int create_topic(rd_kafka_t *client, const char *name, int partitions) {
  char reason[256];
  rd_kafka_NewTopic_t *topic = rd_kafka_NewTopic_new(name, partitions, 1, reason, sizeof reason);
  if (!topic) return 1;
  rd_kafka_queue_t *queue = rd_kafka_queue_new(client);
  rd_kafka_CreateTopics(client, &topic, 1, NULL, queue);
  rd_kafka_event_t *event = rd_kafka_queue_poll(queue, 30000);
  int failed = !event || rd_kafka_event_error(event);
  if (!failed) {
    size_t count = 0;
    const rd_kafka_topic_result_t **topics =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
    failed = count != 1 || rd_kafka_topic_result_error(topics[0]);
  }
  if (event) rd_kafka_event_destroy(event);
  rd_kafka_NewTopic_destroy(topic);
  rd_kafka_queue_destroy(queue);
  return failed;
}

static int run(char *line) {
  const char *command = strtok(line, " \n");
  const char *first = strtok(NULL, " \n");
  if (!command) return 1;
  if (strcmp(command, "down") == 0) return for_brokers(first, down);
  if (strcmp(command, "up") == 0) return for_brokers(first, up);
  if (!first) return 1;
  if (strcmp(command, "rtt") == 0) {
    delay = atoi(first);
    return for_brokers(NULL, set_delay);
  }
  if (strcmp(command, "clear") == 0) {
    rd_kafka_mock_clear_request_errors(cluster, atoi(first));
    return 0;
  }
  const char *second = strtok(NULL, " \n");
  if (!second) return 1;
  if (strcmp(command, "topic") == 0) {
    return rd_kafka_mock_topic_create(cluster, first, atoi(second), BROKERS) != 0;
  }
  if (strcmp(command, "fail-topic") == 0) {
    rd_kafka_mock_topic_set_error(cluster, first, atoi(second));
    return 0;
  }
  if (strcmp(command, "errors") == 0) return push_errors(atoi(first), atoi(second));
  const char *third = strtok(NULL, " \n");
  if (third && strcmp(command, "leader") == 0) {
    return rd_kafka_mock_partition_set_leader(cluster, first, atoi(second), atoi(third)) != 0;
  }
  return 1;
}

static int serve_real(rd_kafka_t *client) {
  char line[4096];
  while (fgets(line, sizeof line, stdin)) {
    const char *command = strtok(line, " \n");
    const char *name = strtok(NULL, " \n");
    const char *count = strtok(NULL, " \n");
    int done = command && count && strcmp(command, "topic") == 0 &&
               create_topic(client, name, atoi(count)) == 0;
    puts(done ? "ok" : "error");
    fflush(stdout);
  }
  return 0;
}

int main(int count, char **arguments) {
  char reason[256];
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  if (count > 1) rd_kafka_conf_set(conf, "bootstrap.servers", arguments[1], reason, sizeof reason);
  rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason, sizeof reason);
  if (!client) return 1;
  if (count > 1) return serve_real(client);
  cluster = rd_kafka_mock_cluster_new(client, BROKERS);
  if (!cluster) return 1;
  printf("%s\n", rd_kafka_mock_cluster_bootstraps(cluster));
  fflush(stdout);
  char line[4096];
  while (fgets(line, sizeof line, stdin)) {
    puts(run(line) ? "error" : "ok");
    fflush(stdout);
  }
  return 0;
}
