// libpng behind two plain interfaces, so that its setjmp and longjmp never cross a Swift frame.
//
// libpng reports an error by longjmp, which Swift neither offers nor survives. Every function here that calls
// libpng arms its own setjmp, calls nothing of Swift's, and returns false with a message instead.
#ifndef CPNGSHIM_H
#define CPNGSHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CPNG_MESSAGE_SIZE = 192 };

// What to write. `samples` holds height * width * channels samples, row major, 16-bit ones in the byte order of
// the machine.
typedef struct {
  uint32_t width, height;
  int channels;  // 1 grey, 3 RGB, 4 RGBA
  int depth;     // 8 or 16
  const void *samples;
  uint32_t pixels_per_metre;  // 0 writes no pHYs
  int compression_level;      // zlib, 0 to 9
} cpng_image;

// One text entry; both strings end with a zero byte. The keyword is Latin-1, the text UTF-8.
typedef struct {
  const char *keyword;
  const char *text;
} cpng_text;

// Bytes that grow as they are written. Start from all zeros, end with cpng_buffer_free.
typedef struct {
  uint8_t *bytes;
  size_t count, capacity;
} cpng_buffer;

// Appends the whole file to `out`. On failure returns false with the reason in `message`; `out` is then of no use
// but must still be freed.
bool cpng_encode(const cpng_image *image, const cpng_text *texts, size_t text_count, cpng_buffer *out,
                 char message[CPNG_MESSAGE_SIZE]);

void cpng_buffer_free(cpng_buffer *buffer);

typedef struct cpng_reader cpng_reader;

// Bounds checked before anything is allocated for the picture.
typedef struct {
  uint32_t side;       // longest width or height
  size_t chunk_bytes;  // largest ancillary chunk, unpacked
  uint32_t chunks;     // how many ancillary chunks are kept
} cpng_limits;

typedef struct {
  uint32_t width, height;
  uint32_t pixels_per_metre;  // 0 when not said
} cpng_header;

// A reader of `count` bytes that the caller keeps alive, or NULL when there is no memory.
cpng_reader *cpng_reader_new(const uint8_t *bytes, size_t count);
void cpng_reader_free(cpng_reader *reader);

// Why the last call returned false.
const char *cpng_reader_message(const cpng_reader *reader);

// Call in this order: header, samples, then text as often as wanted.
bool cpng_read_header(cpng_reader *reader, const cpng_limits *limits, cpng_header *header);

// Fills width * height * 4 samples of RGBA, `depth` 8 or 16 bits each (16 in the byte order of the machine), and
// reads to the end of the file.
bool cpng_read_rgba(cpng_reader *reader, int depth, void *samples);

size_t cpng_text_count(const cpng_reader *reader);
// Entry `index`. `is_utf8` is false for the Latin-1 kinds tEXt and zTXt. Valid until the reader is freed.
cpng_text cpng_text_at(const cpng_reader *reader, size_t index, size_t *text_bytes, bool *is_utf8);

#endif
