#include <stdio.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "CJPEGShim.h"

// What libjpeg calls back into: its own manager first, so that either can be taken for the other.
typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf back;
  char *message;
  cjpeg_picture *picture;
} errors;

typedef struct {
  struct jpeg_progress_mgr manager;
  int scans;
} progress;

static void fail(j_common_ptr info) {
  errors *own = (errors *)info->err;
  info->err->format_message(info, own->message);
  longjmp(own->back, 1);
}

static void warn(j_common_ptr info, int level) {
  errors *own = (errors *)info->err;
  if (level >= 0) return;
  // What is missing at the end would be made up.
  if (info->err->msg_code == JWRN_JPEG_EOF) {
    strcpy(own->message, "the file ends early");
    longjmp(own->back, 1);
  }
  if (own->picture->warnings++ == 0) info->err->format_message(info, own->picture->warning);
}

// A picture may have any number of scans, each over all of it: a small file could take hours.
static void count_scans(j_common_ptr info) {
  errors *own = (errors *)info->err;
  if (((j_decompress_ptr)info)->input_scan_number > ((progress *)info->progress)->scans) {
    strcpy(own->message, "it is told in more scans than any camera or program uses");
    longjmp(own->back, 1);
  }
}

static void begin(struct jpeg_decompress_struct *info, errors *own, cjpeg_picture *picture, char *message) {
  memset(info, 0, sizeof *info);
  info->err = jpeg_std_error(&own->manager);
  own->manager.error_exit = fail;
  own->manager.emit_message = warn;
  own->message = message;
  own->picture = picture;
  picture->warnings = 0;
  picture->warning[0] = 0;
}

static void take_header(struct jpeg_decompress_struct *info, const uint8_t *bytes, size_t count,
                        cjpeg_picture *picture) {
  jpeg_create_decompress(info);
  jpeg_mem_src(info, bytes, count);
  jpeg_read_header(info, TRUE);
  picture->width = info->image_width;
  picture->height = info->image_height;
  picture->components = info->num_components;
}

bool cjpeg_read_header(const uint8_t *bytes, size_t count, cjpeg_picture *picture, char message[CJPEG_MESSAGE_SIZE]) {
  struct jpeg_decompress_struct info;
  errors own;
  begin(&info, &own, picture, message);
  if (setjmp(own.back)) {
    jpeg_destroy_decompress(&info);
    return false;
  }
  take_header(&info, bytes, count, picture);
  jpeg_destroy_decompress(&info);
  return true;
}

bool cjpeg_read_rgba(const uint8_t *bytes, size_t count, int scans, cjpeg_picture *picture, uint8_t *samples,
                     char message[CJPEG_MESSAGE_SIZE]) {
  struct jpeg_decompress_struct info;
  errors own;
  progress counted = {.scans = scans};
  const uint32_t width = picture->width, height = picture->height;
  begin(&info, &own, picture, message);
  if (setjmp(own.back)) {
    jpeg_destroy_decompress(&info);
    return false;
  }
  take_header(&info, bytes, count, picture);
  counted.manager.progress_monitor = count_scans;
  info.progress = &counted.manager;
  if (picture->width != width || picture->height != height) {
    strcpy(message, "its size is not what it was");
    longjmp(own.back, 1);
  }
  if (info.num_components == 4) {
    strcpy(message, "its colours are printing inks (CMYK)");
    longjmp(own.back, 1);
  }
  info.out_color_space = JCS_EXT_RGBA;
  info.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&info);
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = samples + (size_t)info.output_scanline * width * 4;
    jpeg_read_scanlines(&info, &row, 1);
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  return true;
}

// A picture on its way out: what longjmp must not lose is reached through a pointer.
typedef struct {
  struct jpeg_compress_struct info;
  errors own;
  cjpeg_picture unused;
  unsigned char *out;
  unsigned long size;
} written;

uint8_t *cjpeg_write_rgb(const uint8_t *samples, uint32_t width, uint32_t height, int quality, size_t *count,
                         char message[CJPEG_MESSAGE_SIZE]) {
  written *w = calloc(1, sizeof *w);
  uint8_t *bytes;
  if (!w) {
    strcpy(message, "no memory");
    return NULL;
  }
  w->info.err = jpeg_std_error(&w->own.manager);
  w->own.manager.error_exit = fail;
  w->own.manager.emit_message = warn;
  w->own.message = message;
  w->own.picture = &w->unused;
  if (setjmp(w->own.back)) {
    jpeg_destroy_compress(&w->info);
    free(w->out);
    free(w);
    return NULL;
  }
  jpeg_create_compress(&w->info);
  jpeg_mem_dest(&w->info, &w->out, &w->size);
  w->info.image_width = width;
  w->info.image_height = height;
  w->info.input_components = 3;
  w->info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&w->info);
  jpeg_set_quality(&w->info, quality, TRUE);
  w->info.dct_method = JDCT_ISLOW;
  w->info.optimize_coding = TRUE;
  jpeg_start_compress(&w->info, TRUE);
  while (w->info.next_scanline < height) {
    JSAMPROW row = (JSAMPROW)samples + (size_t)w->info.next_scanline * width * 3;
    jpeg_write_scanlines(&w->info, &row, 1);
  }
  jpeg_finish_compress(&w->info);
  jpeg_destroy_compress(&w->info);
  bytes = w->out;
  *count = w->size;
  free(w);
  return bytes;
}

void cjpeg_free(uint8_t *bytes) { free(bytes); }
