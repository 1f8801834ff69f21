// libjpeg-turbo behind plain functions that read and write, so that its setjmp and longjmp never cross a Swift frame.
#ifndef CJPEGSHIM_H
#define CJPEGSHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CJPEG_MESSAGE_SIZE = 200 };  // JMSG_LENGTH_MAX of libjpeg

typedef struct {
  uint32_t width, height;
  int components;  // 1 grey, 3 colours, 4 inks
  // Damage that libjpeg went on after, and the first of it.
  long warnings;
  char warning[CJPEG_MESSAGE_SIZE];
} cjpeg_picture;

// Reads the header alone. On failure returns false with the reason in `message`.
bool cjpeg_read_header(const uint8_t *bytes, size_t count, cjpeg_picture *picture, char message[CJPEG_MESSAGE_SIZE]);

// Fills width * height * 4 samples of RGBA, alpha opaque, for a picture of the size that `picture` states; a file that
// ends early, one of inks, and one of more than `scans` scans are failures.
bool cjpeg_read_rgba(const uint8_t *bytes, size_t count, int scans, cjpeg_picture *picture, uint8_t *samples,
                     char message[CJPEG_MESSAGE_SIZE]);

// Writes width * height * 3 samples of RGB as a baseline JPEG with colour at half width and height, quality 1 to 100, no
// metadata. On success the caller frees what it returns; on failure returns NULL with the reason in `message`.
uint8_t *cjpeg_write_rgb(const uint8_t *samples, uint32_t width, uint32_t height, int quality, size_t *count,
                         char message[CJPEG_MESSAGE_SIZE]);

void cjpeg_free(uint8_t *bytes);

#endif
