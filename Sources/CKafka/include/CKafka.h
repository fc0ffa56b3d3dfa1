#ifndef CKAFKA_H
#define CKAFKA_H

// Reading from and writing to Kafka by librdkafka, which is loaded when it is first needed.

// Whether the library could be loaded.
int ckafka_is_available(void);

#endif
