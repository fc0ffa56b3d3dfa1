#pragma once

// Wide characters, in cells and from the keyboard.
#define NCURSES_WIDECHAR 1
#include <ncursesw/curses.h>
