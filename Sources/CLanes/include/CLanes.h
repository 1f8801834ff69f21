// Lane operations that the Swift standard library compiles to slow code on Linux:
// square roots go through an errno branch, vector min and max through a loop over lanes.
// Static inline functions over ext_vector_type import as SIMD types and inline at -O without flags.
#ifndef CLANES_H
#define CLANES_H

typedef float lane_f4 __attribute__((ext_vector_type(4)));
typedef float lane_f8 __attribute__((ext_vector_type(8)));
typedef int lane_i4 __attribute__((ext_vector_type(4)));
typedef int lane_i8 __attribute__((ext_vector_type(8)));

#define LANE static inline __attribute__((always_inline))

LANE float lane_sqrt1(float a) { return __builtin_elementwise_sqrt(a); }
LANE lane_f4 lane_sqrt4(lane_f4 a) { return __builtin_elementwise_sqrt(a); }
LANE lane_f4 lane_min4(lane_f4 a, lane_f4 b) { return __builtin_elementwise_min(a, b); }
LANE lane_f4 lane_max4(lane_f4 a, lane_f4 b) { return __builtin_elementwise_max(a, b); }
LANE lane_f8 lane_min8(lane_f8 a, lane_f8 b) { return __builtin_elementwise_min(a, b); }
LANE lane_f8 lane_max8(lane_f8 a, lane_f8 b) { return __builtin_elementwise_max(a, b); }
// Bit k is set where a < b in lane k.
typedef _Bool lane_t4 __attribute__((ext_vector_type(4)));
LANE unsigned int lane_below4(lane_f4 a, lane_f4 b) {
  lane_t4 below = __builtin_convertvector(a < b, lane_t4);
  unsigned char bits = 0;
  __builtin_memcpy(&bits, &below, 1);
  return bits & 15u;
}
// Rounds towards zero; |a| must stay below 2^31.
LANE lane_i4 lane_int4(lane_f4 a) { return __builtin_convertvector(a, lane_i4); }
// Pairs of bits of each lane below 2^10, moved to every third pair of bits, the first at bit `at`.
LANE lane_i4 lane_spread4(lane_i4 a, int at) {
  a = a << at;
  a = (a | a << 16) & (0x030000FF << at);
  a = (a | a << 8) & (0x0300F00F << at);
  return (a | a << 4) & (0x030C30C3 << at);
}
// Numbers of cells: two bits of each of three coordinates below 2^10 in turn, x lowest.
LANE lane_i4 lane_cells4(lane_i4 x, lane_i4 y, lane_i4 z) {
  return lane_spread4(x, 0) | lane_spread4(y, 2) | lane_spread4(z, 4);
}
// The larger of each pair; b where one is not a number. One instruction, where lane_max4 takes five.
LANE lane_f4 lane_larger4(lane_f4 a, lane_f4 b) { return a > b ? a : b; }
// The smaller of each pair; b where one is not a number.
LANE lane_f4 lane_smaller4(lane_f4 a, lane_f4 b) { return a < b ? a : b; }
// -1 in the lanes where a < b, 0 in the others.
LANE lane_i4 lane_less4(lane_f4 a, lane_f4 b) { return a < b; }
// a in the lanes where `mask` is -1, b where it is 0.
LANE lane_f4 lane_select4(lane_i4 mask, lane_f4 a, lane_f4 b) {
  return (lane_f4)((mask & (lane_i4)a) | (~mask & (lane_i4)b));
}
// One bit per lane: its sign.
LANE unsigned int lane_signs4(lane_i4 a) {
  lane_t4 signs = __builtin_convertvector(a < 0, lane_t4);
  unsigned char bits;
  __builtin_memcpy(&bits, &signs, 1);
  return bits & 15u;
}
// The bits read backwards.
LANE unsigned int lane_reverse1(unsigned int a) { return __builtin_bitreverse32(a); }
// Rounds towards zero; |a| must stay below 2^31, or be -2^31.
LANE int lane_int1(float a) { return (int)a; }

#endif
