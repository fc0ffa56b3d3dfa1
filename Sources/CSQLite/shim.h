#pragma once
#include <sqlite3.h>

// Swift sees neither functions with a variable number of arguments nor macros that cast.

/// Sets a switch of a connection. (sqlite3_db_config)
static inline int lm2000_sqlite_switch(sqlite3 *database, int option, int value) {
  return sqlite3_db_config(database, option, value, (int *)0);
}

/// Binds a text of any bytes, which are copied. (sqlite3_bind_text)
static inline int lm2000_sqlite_bind_text(
  sqlite3_stmt *statement, int index, const void *bytes, int count) {
  return sqlite3_bind_text(statement, index, (const char *)bytes, count, SQLITE_TRANSIENT);
}

/// Binds bytes, which are copied. (sqlite3_bind_blob)
static inline int lm2000_sqlite_bind_blob(
  sqlite3_stmt *statement, int index, const void *bytes, int count) {
  return sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}
