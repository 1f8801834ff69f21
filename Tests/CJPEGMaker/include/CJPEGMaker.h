// Makes JPEG files for the tests.
#ifndef CJPEGMAKER_H
#define CJPEGMAKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Writes RGB samples, or those of four inks, as a JPEG; free what is returned with free(). With `progressive` in scans, with
// `grey` as lightness alone; `halved` keeps colour at half the width and height.
uint8_t *cjpeg_make(const uint8_t *samples, uint32_t width, uint32_t height, int channels, int quality, bool progressive,
                    bool grey, bool halved, size_t *count);

#endif
