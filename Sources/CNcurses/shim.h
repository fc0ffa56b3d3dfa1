#pragma once

// Wide characters, in cells and from the keyboard.
#define NCURSES_WIDECHAR 1

#include <ncursesw/curses.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <wchar.h>

// From <term.h>, which is not included because it defines hundreds of macros with common names.
extern NCURSES_EXPORT(int) setupterm(const char *type, int descriptor, int *error);
extern NCURSES_EXPORT_VAR(struct term *) cur_term;
extern NCURSES_EXPORT(int) del_curterm(struct term *terminal);

// Accessors for variables and macros of curses, which Swift does not import.

/// The window that covers the terminal that was opened last.
static inline WINDOW *curses_window(void) { return stdscr; }

/// The number of colours of the terminal, after start_color().
static inline int curses_colors(void) { return COLORS; }

/// The number of colour pairs of the terminal, after start_color().
static inline int curses_color_pairs(void) { return COLOR_PAIRS; }

static inline attr_t curses_normal(void) { return A_NORMAL; }
static inline attr_t curses_bold(void) { return A_BOLD; }
static inline attr_t curses_dim(void) { return A_DIM; }
static inline attr_t curses_reverse(void) { return A_REVERSE; }
static inline attr_t curses_underline(void) { return A_UNDERLINE; }

/// Sets the attributes and the colour pair of the characters that are written next; `pair` 0 stands for
/// the default colours.
static inline int curses_set_style(WINDOW *window, attr_t attributes, short pair) {
  return wattr_set(window, attributes, pair, NULL);
}

/// Writes `count` wide characters at a position without interpreting them.
static inline int curses_put(
    WINDOW *window, int row, int column, const wchar_t *text, int count) {
  return mvwaddnwstr(window, row, column, text, count);
}

/// A string capability of the selected terminal type; NULL if it lacks the capability.
static inline const char *curses_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (char *)-1 ? NULL : value;
}

/// A numeric capability of the selected terminal type; negative if it lacks the capability.
static inline int curses_number(const char *name) { return tigetnum(name); }

/// A Boolean capability of the selected terminal type: 1 if it has the capability, otherwise 0 or less.
static inline int curses_flag(const char *name) { return tigetflag(name); }

/// The sequence that moves the cursor to the upper left corner on the selected terminal type; NULL if it
/// cannot be moved. The string is valid until the next call of curses.
static inline const char *curses_move_home(void) {
  const char *move = curses_capability("cup");
  return move == NULL ? NULL : tiparm(move, 0, 0);
}

/// Frees the description of the selected terminal type.
static inline void curses_forget_terminal(void) {
  if (cur_term != NULL) del_curterm(cur_term);
}

/// The width in columns that the C library assigns to a character in the current locale; -1 if it does
/// not know the character.
static inline int curses_width(wchar_t character) { return wcwidth(character); }

/// Creates a file in memory that curses writes to; negative on failure.
static inline int curses_memory_file(void) {
  return (int)syscall(SYS_memfd_create, "screen", 1U /* MFD_CLOEXEC */);
}
