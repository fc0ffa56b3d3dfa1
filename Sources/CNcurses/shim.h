#pragma once

// Wide characters, in cells and from the keyboard.
#define NCURSES_WIDECHAR 1

#include <ncursesw/curses.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <wchar.h>

// From <term.h>, which defines hundreds of macros with common names and is left out for that.
extern NCURSES_EXPORT(int) setupterm(const char *type, int descriptor, int *error);
extern NCURSES_EXPORT_VAR(struct term *) cur_term;
extern NCURSES_EXPORT(int) del_curterm(struct term *terminal);

// What curses keeps in variables and macros, neither of which Swift takes, as functions.

/// The window that covers the screen of the terminal that was opened last.
static inline WINDOW *curses_window(void) { return stdscr; }

/// How many colours the terminal has, once colours were started.
static inline int curses_colors(void) { return COLORS; }

/// How many pairs of foreground and background it has, once colours were started.
static inline int curses_color_pairs(void) { return COLOR_PAIRS; }

static inline attr_t curses_normal(void) { return A_NORMAL; }
static inline attr_t curses_bold(void) { return A_BOLD; }
static inline attr_t curses_dim(void) { return A_DIM; }
static inline attr_t curses_reverse(void) { return A_REVERSE; }
static inline attr_t curses_underline(void) { return A_UNDERLINE; }

/// Sets how the next characters look; `pair` 0 are the terminal's own colours.
static inline int curses_set_style(WINDOW *window, attr_t attributes, short pair) {
  return wattr_set(window, attributes, pair, NULL);
}

/// Puts so many wide characters at a place; never interprets them.
static inline int curses_put(
    WINDOW *window, int row, int column, const wchar_t *text, int count) {
  return mvwaddnwstr(window, row, column, text, count);
}

/// A capability of the terminal that was asked about last; NULL where it lacks it.
static inline const char *curses_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (char *)-1 ? NULL : value;
}

/// A number in the description of the terminal that was asked about last; negative where it lacks it.
static inline int curses_number(const char *name) { return tigetnum(name); }

/// Whether a flag is set in that description: 1; 0 or less otherwise.
static inline int curses_flag(const char *name) { return tigetflag(name); }

/// Forgets the terminal that was asked about last.
static inline void curses_forget_terminal(void) {
  if (cur_term != NULL) del_curterm(cur_term);
}

/// So many columns the C library gives a character in the locale that was set; -1 where it does not
/// know it.
static inline int curses_width(wchar_t character) { return wcwidth(character); }

/// A file in memory that curses writes into; negative where there is none to be had.
static inline int curses_memory_file(void) {
  return (int)syscall(SYS_memfd_create, "screen", 1U /* MFD_CLOEXEC */);
}
