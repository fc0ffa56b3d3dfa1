#include "CKafka.h"

#include <dlfcn.h>
#include <pthread.h>

static void *library;
static pthread_once_t loading = PTHREAD_ONCE_INIT;

static void load(void) { library = dlopen("librdkafka.so.1", RTLD_NOW | RTLD_LOCAL); }

int ckafka_is_available(void) {
  pthread_once(&loading, load);
  return library != NULL;
}
