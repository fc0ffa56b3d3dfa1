#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>

// One transfer by libcurl. The library is loaded when it is first needed, so that a program that sends
// nothing neither depends on it nor pays for loading it.

// Results of ccurl_transfer besides those of libcurl (CURLcode), which are not negative.
#define CCURL_NO_LIBRARY (-1)
#define CCURL_NO_MEMORY (-2)

struct ccurl_request {
  const char *url;
  // The only schemes allowed: "http,https" or "smtp,smtps".
  const char *protocols;
  const char *body;
  size_t body_size;
  // HTTP: headers, each "Name: value"; unused ones are NULL.
  const char *headers[4];
  // Mail: the envelope. With a recipient, the body is a message to send.
  const char *mail_from;
  const char *mail_recipient;
  const char *user;      // NULL for none
  const char *password;  // NULL for none
  int requires_tls;      // STARTTLS must succeed
  const char *ca_file;   // NULL for the certificates of the system
  long connect_timeout;  // milliseconds
  long total_timeout;    // milliseconds
  size_t response_limit; // a longer response ends the transfer with CURLE_WRITE_ERROR
};

struct ccurl_result {
  int code;         // CURLcode, or one of those above
  long status;      // of HTTP or SMTP; 0 without a response
  long system_code; // errno of a connection that failed; 0 if unknown
};

// Performs a request, which blocks until the end of the transfer. May be called from any thread.
struct ccurl_result ccurl_transfer(const struct ccurl_request *request);

// A fixed text for a result of libcurl.
const char *ccurl_message(int code);

#endif
