#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

// What is needed of <curl/curl.h>: the numbers and prototypes are part of the stable ABI of
// libcurl.so.4, so that nothing but the library itself has to be installed.

typedef void CURL;
struct curl_slist;

enum {
  CURL_GLOBAL_ALL = 3,
  CURLE_OK = 0,
  CURLE_FAILED_INIT = 2,

  CURLOPT_WRITEDATA = 10001,
  CURLOPT_URL = 10002,
  CURLOPT_PROXY = 10004,
  CURLOPT_READDATA = 10009,
  CURLOPT_POSTFIELDS = 10015,
  CURLOPT_HTTPHEADER = 10023,
  CURLOPT_UPLOAD = 46,
  CURLOPT_POST = 47,
  CURLOPT_NETRC = 51,
  CURLOPT_FOLLOWLOCATION = 52,
  CURLOPT_SSL_VERIFYPEER = 64,
  CURLOPT_CAINFO = 10065,
  CURLOPT_SSL_VERIFYHOST = 81,
  CURLOPT_NOSIGNAL = 99,
  CURLOPT_USE_SSL = 119,
  CURLOPT_TIMEOUT_MS = 155,
  CURLOPT_CONNECTTIMEOUT_MS = 156,
  CURLOPT_USERNAME = 10173,
  CURLOPT_PASSWORD = 10174,
  CURLOPT_NOPROXY = 10177,
  CURLOPT_PROTOCOLS = 181,
  CURLOPT_MAIL_FROM = 10186,
  CURLOPT_MAIL_RCPT = 10187,
  CURLOPT_PROTOCOLS_STR = 10318,
  CURLOPT_WRITEFUNCTION = 20011,
  CURLOPT_READFUNCTION = 20012,
  CURLOPT_INFILESIZE_LARGE = 30115,
  CURLOPT_POSTFIELDSIZE_LARGE = 30120,

  CURLUSESSL_ALL = 3,
  CURLPROTO_HTTP_HTTPS = 1 << 0 | 1 << 1,
  CURLPROTO_SMTP_SMTPS = 1 << 16 | 1 << 17,

  CURLINFO_RESPONSE_CODE = 0x200000 + 2,
  CURLINFO_OS_ERRNO = 0x200000 + 25,
};

static struct {
  int (*global_init)(long);
  CURL *(*init)(void);
  int (*setopt)(CURL *, int, ...);
  int (*perform)(CURL *);
  int (*getinfo)(CURL *, int, ...);
  void (*cleanup)(CURL *);
  const char *(*strerror)(int);
  struct curl_slist *(*append)(struct curl_slist *, const char *);
  void (*free_all)(struct curl_slist *);
  int is_loaded;
} curl;

static pthread_once_t loading = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  *(void **)&curl.global_init = dlsym(library, "curl_global_init");
  *(void **)&curl.init = dlsym(library, "curl_easy_init");
  *(void **)&curl.setopt = dlsym(library, "curl_easy_setopt");
  *(void **)&curl.perform = dlsym(library, "curl_easy_perform");
  *(void **)&curl.getinfo = dlsym(library, "curl_easy_getinfo");
  *(void **)&curl.cleanup = dlsym(library, "curl_easy_cleanup");
  *(void **)&curl.strerror = dlsym(library, "curl_easy_strerror");
  *(void **)&curl.append = dlsym(library, "curl_slist_append");
  *(void **)&curl.free_all = dlsym(library, "curl_slist_free_all");
  // OpenSSL must not free what a thread still uses when the program exits. (OPENSSL_INIT_NO_ATEXIT)
  int (*init_crypto)(unsigned long long, const void *);
  *(void **)&init_crypto = dlsym(library, "OPENSSL_init_crypto");
  if (init_crypto) init_crypto(0x00080000, NULL);
  curl.is_loaded = curl.global_init && curl.init && curl.setopt && curl.perform && curl.getinfo &&
                   curl.cleanup && curl.strerror && curl.append && curl.free_all &&
                   curl.global_init(CURL_GLOBAL_ALL) == CURLE_OK;
}

static int is_available(void) {
  pthread_once(&loading, load);
  return curl.is_loaded;
}

struct response {
  size_t room;
};

// Discards a response and counts it.
static size_t discard(char *bytes, size_t size, size_t count, void *context) {
  struct response *response = context;
  (void)bytes;
  if (size * count > response->room) return 0;
  response->room -= size * count;
  return size * count;
}

struct upload {
  const char *bytes;
  size_t left;
};

static size_t supply(char *buffer, size_t size, size_t count, void *context) {
  struct upload *upload = context;
  size_t part = size * count < upload->left ? size * count : upload->left;
  memcpy(buffer, upload->bytes, part);
  upload->bytes += part;
  upload->left -= part;
  return part;
}

// Appends to a list, which is freed when there is no memory left.
static int append(struct curl_slist **list, const char *text) {
  struct curl_slist *longer = curl.append(*list, text);
  if (!longer) {
    curl.free_all(*list);
    *list = NULL;
    return 0;
  }
  *list = longer;
  return 1;
}

// Options that hold for every transfer. A failure to restrict the transfer is a failure.
static int restrict_transfer(CURL *handle, const struct ccurl_request *request) {
  int is_mail = request->mail_recipient != NULL;
  int code = curl.setopt(handle, CURLOPT_PROTOCOLS_STR, request->protocols);
  if (code != CURLE_OK) {
    // Older than 7.85.
    code = curl.setopt(
      handle, CURLOPT_PROTOCOLS, is_mail ? (long)CURLPROTO_SMTP_SMTPS : (long)CURLPROTO_HTTP_HTTPS);
  }
  if (code != CURLE_OK) return code;
  if ((code = curl.setopt(handle, CURLOPT_URL, request->url)) != CURLE_OK) return code;
  if ((code = curl.setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L)) != CURLE_OK) return code;
  if ((code = curl.setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L)) != CURLE_OK) return code;
  curl.setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl.setopt(handle, CURLOPT_NETRC, 0L);
  // No proxy, whatever the environment says.
  curl.setopt(handle, CURLOPT_PROXY, "");
  curl.setopt(handle, CURLOPT_NOPROXY, "*");
  curl.setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl.setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, request->connect_timeout);
  curl.setopt(handle, CURLOPT_TIMEOUT_MS, request->total_timeout);
  if (request->ca_file) curl.setopt(handle, CURLOPT_CAINFO, request->ca_file);
  if (request->user) curl.setopt(handle, CURLOPT_USERNAME, request->user);
  if (request->password) curl.setopt(handle, CURLOPT_PASSWORD, request->password);
  return CURLE_OK;
}

static struct ccurl_result finish(CURL *handle, int code) {
  struct ccurl_result result = {code, 0, 0};
  curl.getinfo(handle, CURLINFO_RESPONSE_CODE, &result.status);
  curl.getinfo(handle, CURLINFO_OS_ERRNO, &result.system_code);
  return result;
}

struct ccurl_result ccurl_transfer(const struct ccurl_request *request) {
  struct ccurl_result failure = {CCURL_NO_LIBRARY, 0, 0};
  if (!is_available()) return failure;
  failure.code = CCURL_NO_MEMORY;
  CURL *handle = curl.init();
  if (!handle) return failure;

  struct response response = {request->response_limit};
  struct upload upload = {request->body, request->body_size};
  struct curl_slist *list = NULL;
  struct ccurl_result result = failure;
  int code = restrict_transfer(handle, request);
  if (code != CURLE_OK) {
    result.code = code;
    goto end;
  }
  curl.setopt(handle, CURLOPT_WRITEFUNCTION, discard);
  curl.setopt(handle, CURLOPT_WRITEDATA, &response);
  if (request->mail_recipient) {
    if (!append(&list, request->mail_recipient)) goto end;
    curl.setopt(handle, CURLOPT_MAIL_FROM, request->mail_from);
    curl.setopt(handle, CURLOPT_MAIL_RCPT, list);
    curl.setopt(handle, CURLOPT_UPLOAD, 1L);
    curl.setopt(handle, CURLOPT_READFUNCTION, supply);
    curl.setopt(handle, CURLOPT_READDATA, &upload);
    curl.setopt(handle, CURLOPT_INFILESIZE_LARGE, (long long)request->body_size);
    if (request->requires_tls) curl.setopt(handle, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
  } else {
    for (size_t i = 0; i < sizeof request->headers / sizeof *request->headers; i++) {
      if (request->headers[i] && !append(&list, request->headers[i])) goto end;
    }
    curl.setopt(handle, CURLOPT_HTTPHEADER, list);
    curl.setopt(handle, CURLOPT_POST, 1L);
    curl.setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (long long)request->body_size);
    curl.setopt(handle, CURLOPT_POSTFIELDS, request->body);
  }
  result = finish(handle, curl.perform(handle));
end:
  curl.cleanup(handle);
  curl.free_all(list);
  return result;
}

const char *ccurl_message(int code) {
  return is_available() && code >= 0 ? curl.strerror(code) : "not available";
}
