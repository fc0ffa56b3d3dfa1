#pragma once

#include <stddef.h>

/// Remembers the attributes of a terminal and what puts its screen back, and from then on leaves the
/// terminal clean when the program crashes: on SEGV, BUS, ILL, TRAP, FPE and ABRT the screen and the
/// attributes are restored, the reason is written to standard error, and the signal is raised again.
///
/// - attributes: descriptor whose attributes are kept; where it is no terminal, none are.
/// - screen: descriptor that the restoring bytes go to.
/// - bytes: leaves the alternate screen, shows the cursor, ends all styles; at most 255 are kept.
/// - program: name that the reason begins with.
///
/// Returns 0, or -1 where a handler could not be set.
int terminal_guard_arm(
    int attributes, int screen, const char *bytes, size_t count, const char *program);

/// The handlers of before again; nothing is restored any more.
void terminal_guard_disarm(void);

/// Restores screen and attributes at once, for ways out that do not come by the screen itself. Only
/// calls what a signal handler may. Later calls, and those while disarmed, do nothing.
void terminal_guard_restore(void);
