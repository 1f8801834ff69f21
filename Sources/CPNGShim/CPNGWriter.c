#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "CPNGShim.h"

// Keeps the message and leaves through longjmp: an error function of libpng must not return.
static void keep_error(png_structp png, png_const_charp text) {
  char *message = png_get_error_ptr(png);
  strncpy(message, text, CPNG_MESSAGE_SIZE - 1);
  message[CPNG_MESSAGE_SIZE - 1] = 0;
  png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void append(png_structp png, png_bytep bytes, png_size_t count) {
  cpng_buffer *buffer = png_get_io_ptr(png);
  if (count > SIZE_MAX / 4 || buffer->count > SIZE_MAX / 4) png_error(png, "the file would be too large");
  size_t needed = buffer->count + count;
  if (needed > buffer->capacity) {
    size_t capacity = needed + needed / 2 + 4096;
    uint8_t *grown = realloc(buffer->bytes, capacity);
    if (!grown) png_error(png, "out of memory");
    buffer->bytes = grown;
    buffer->capacity = capacity;
  }
  memcpy(buffer->bytes + buffer->count, bytes, count);
  buffer->count = needed;
}

static void flush_nothing(png_structp png) { (void)png; }

static bool is_little_endian(void) {
  const uint16_t one = 1;
  uint8_t first;
  memcpy(&first, &one, 1);
  return first == 1;
}

// Everything that may longjmp. The caller has armed setjmp and owns `png` and `info`.
static void write_file(png_structp png, png_infop info, const cpng_image *image, const cpng_text *texts,
                       size_t text_count) {
  int color_type = image->channels == 1   ? PNG_COLOR_TYPE_GRAY
                   : image->channels == 3 ? PNG_COLOR_TYPE_RGB
                                          : PNG_COLOR_TYPE_RGB_ALPHA;
  png_set_user_limits(png, 0x7FFFFFFF, 0x7FFFFFFF);
  png_set_compression_level(png, image->compression_level);
  png_set_compression_buffer_size(png, 1 << 16);
  // One fixed filter: trying several per row costs a quarter more time and is not smaller on skin.
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_AVG);
  png_set_IHDR(png, info, image->width, image->height, image->depth, color_type, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB_gAMA_and_cHRM(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  if (image->pixels_per_metre > 0)
    png_set_pHYs(png, info, image->pixels_per_metre, image->pixels_per_metre, PNG_RESOLUTION_METER);
  for (size_t i = 0; i < text_count; i++) {
    png_text entry = {.compression = PNG_ITXT_COMPRESSION_NONE,
                      .key = (png_charp)texts[i].keyword,
                      .text = (png_charp)texts[i].text,
                      .itxt_length = strlen(texts[i].text),
                      .lang = (png_charp) "",
                      .lang_key = (png_charp) ""};
    png_set_text(png, info, &entry, 1);
  }
  png_write_info(png, info);
  if (image->depth == 16 && is_little_endian()) png_set_swap(png);
  size_t row_bytes = (size_t)image->width * (size_t)image->channels * (size_t)(image->depth / 8);
  for (uint32_t y = 0; y < image->height; y++)
    png_write_row(png, (png_const_bytep)image->samples + (size_t)y * row_bytes);
  png_write_end(png, NULL);
}

bool cpng_encode(const cpng_image *image, const cpng_text *texts, size_t text_count, cpng_buffer *out,
                 char message[CPNG_MESSAGE_SIZE]) {
  message[0] = 0;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, keep_error, ignore_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    strcpy(message, "out of memory");
    return false;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return false;
  }
  png_set_write_fn(png, out, append, flush_nothing);
  write_file(png, info, image, texts, text_count);
  png_destroy_write_struct(&png, &info);
  return true;
}

void cpng_buffer_free(cpng_buffer *buffer) {
  free(buffer->bytes);
  *buffer = (cpng_buffer){0};
}
