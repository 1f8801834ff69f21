#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "CPNGShim.h"

struct cpng_reader {
  png_structp png;
  png_infop info;  // text both before and after the picture ends up here
  const uint8_t *bytes;
  size_t count, position;
  uint32_t width, height;
  bool has_header, failed;
  char message[CPNG_MESSAGE_SIZE];
};

static void keep_error(png_structp png, png_const_charp text) {
  cpng_reader *reader = png_get_error_ptr(png);
  strncpy(reader->message, text, CPNG_MESSAGE_SIZE - 1);
  reader->failed = true;
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void take(png_structp png, png_bytep out, png_size_t count) {
  cpng_reader *reader = png_get_io_ptr(png);
  if (count > reader->count - reader->position) png_error(png, "the file ends early");
  memcpy(out, reader->bytes + reader->position, count);
  reader->position += count;
}

cpng_reader *cpng_reader_new(const uint8_t *bytes, size_t count) {
  cpng_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  reader->bytes = bytes;
  reader->count = count;
  reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, keep_error, ignore_warning);
  reader->info = reader->png ? png_create_info_struct(reader->png) : NULL;
  if (!reader->info) {
    cpng_reader_free(reader);
    return NULL;
  }
  png_set_read_fn(reader->png, reader, take);
  return reader;
}

void cpng_reader_free(cpng_reader *reader) {
  if (!reader) return;
  png_destroy_read_struct(&reader->png, &reader->info, NULL);
  free(reader);
}

const char *cpng_reader_message(const cpng_reader *reader) { return reader->message; }

// Every entry point arms its own return address; after a failure nothing calls libpng again.
#define GUARD(reader) \
  if ((reader)->failed || setjmp(png_jmpbuf((reader)->png))) return false

bool cpng_read_header(cpng_reader *reader, const cpng_limits *limits, cpng_header *header) {
  GUARD(reader);
  png_structp png = reader->png;
  png_set_user_limits(png, limits->side, limits->side);
  png_set_chunk_malloc_max(png, limits->chunk_bytes);
  png_set_chunk_cache_max(png, limits->chunks);
  png_read_info(png, reader->info);
  reader->width = header->width = png_get_image_width(png, reader->info);
  reader->height = header->height = png_get_image_height(png, reader->info);
  header->pixels_per_metre = png_get_pixels_per_meter(png, reader->info);
  reader->has_header = true;
  return true;
}

bool cpng_read_rgba(cpng_reader *reader, int depth, void *samples) {
  GUARD(reader);
  png_structp png = reader->png;
  if (!reader->has_header) png_error(png, "samples asked for before the header");
  // Palette, 1-, 2- and 4-bit samples and tRNS become plain 8-bit samples; then grey becomes RGB, and what has no
  // alpha becomes opaque.
  png_set_expand(png);
  png_set_gray_to_rgb(png);
  if (depth == 16) {
    const uint16_t one = 1;
    uint8_t first;
    memcpy(&first, &one, 1);
    png_set_expand_16(png);
    if (first == 1) png_set_swap(png);
  } else {
    png_set_scale_16(png);
  }
  png_set_add_alpha(png, 0xFFFF, PNG_FILLER_AFTER);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, reader->info);
  size_t row_bytes = (size_t)reader->width * 4 * (size_t)(depth / 8);
  if (png_get_rowbytes(png, reader->info) != row_bytes) png_error(png, "unexpected size of a row");
  for (int pass = 0; pass < passes; pass++)
    for (uint32_t y = 0; y < reader->height; y++)
      png_read_row(png, (png_bytep)samples + (size_t)y * row_bytes, NULL);
  png_read_end(png, reader->info);
  return true;
}

size_t cpng_text_count(const cpng_reader *reader) {
  png_textp entries;
  int count = 0;
  png_get_text(reader->png, reader->info, &entries, &count);
  return count > 0 ? (size_t)count : 0;
}

cpng_text cpng_text_at(const cpng_reader *reader, size_t index, size_t *text_bytes, bool *is_utf8) {
  png_textp entries;
  int count = 0;
  png_get_text(reader->png, reader->info, &entries, &count);
  png_textp entry = entries + index;
  *is_utf8 = entry->compression >= PNG_ITXT_COMPRESSION_NONE;
  *text_bytes = *is_utf8 ? entry->itxt_length : entry->text_length;
  return (cpng_text){.keyword = entry->key, .text = entry->text};
}
