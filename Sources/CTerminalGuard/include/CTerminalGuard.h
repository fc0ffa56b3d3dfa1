#pragma once

#include <stddef.h>

/// Saves the attributes of a terminal and installs handlers that restore the terminal when the program
/// crashes: on SEGV, BUS, ILL, TRAP, FPE and ABRT they restore the screen and the attributes, write the
/// reason to standard error, and raise the signal again.
///
/// - attributes: the descriptor whose attributes are saved; ignored if it is not a terminal.
/// - screen: the descriptor that `bytes` are written to.
/// - bytes: the sequence that leaves the alternate screen, shows the cursor and resets styles; at most
///   255 bytes are stored.
/// - program: the name that the reason begins with.
///
/// Returns 0, or -1 if a handler could not be installed.
int terminal_guard_arm(
    int attributes, int screen, const char *bytes, size_t count, const char *program);

/// Reinstalls the previous handlers; a crash no longer restores the terminal.
void terminal_guard_disarm(void);

/// Restores the screen and the attributes immediately, for exits that bypass the screen. It is
/// async-signal-safe. Further calls, and calls while disarmed, do nothing.
void terminal_guard_restore(void);
