// jpeglib.h takes FILE and size_t as known.
#include <stddef.h>
#include <stdio.h>

#include <jpeglib.h>
