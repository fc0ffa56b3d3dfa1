#ifndef CBYTEMASKS_H
#define CBYTEMASKS_H

// What vector compares find, as bits, which Swift has no operation for.

#include <stdint.h>
#include <string.h>

typedef signed char cbytemasks_lanes __attribute__((ext_vector_type(16)));

// A bit for each of 16 bytes, the first in the lowest place: 1 where the byte is not 0.
static inline uint64_t cbytemasks_bits(cbytemasks_lanes lanes) {
  typedef _Bool bit_vector __attribute__((ext_vector_type(16)));
  bit_vector bits = __builtin_convertvector(lanes, bit_vector);
  uint16_t word;
  memcpy(&word, &bits, sizeof word);
  return word;
}

#endif
