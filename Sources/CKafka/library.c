#include "library.h"

#include <dlfcn.h>

struct ckafka_library kafka;

static int is_loaded;
static pthread_once_t loading = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("librdkafka.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  // OpenSSL must not free what a thread still uses when the program exits. (OPENSSL_INIT_NO_ATEXIT)
  int (*init_crypto)(unsigned long long, const void *);
  *(void **)&init_crypto = dlsym(library, "OPENSSL_init_crypto");
  if (init_crypto) init_crypto(0x00080000, NULL);
  is_loaded = 1;
#define CKAFKA_LOAD(name, result, arguments) \
  *(void **)&kafka.name = dlsym(library, "rd_kafka_" #name); \
  if (!kafka.name) is_loaded = 0;
  CKAFKA_FUNCTIONS(CKAFKA_LOAD)
#undef CKAFKA_LOAD
}

int ckafka_is_available(void) {
  pthread_once(&loading, load);
  return is_loaded;
}

int ckafka_version(void) { return ckafka_is_available() ? kafka.version() : 0; }

const char *ckafka_message(int code) {
  return ckafka_is_available() ? kafka.err2str(code) : "not available";
}
