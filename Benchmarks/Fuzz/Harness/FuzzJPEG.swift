import JPEGImage

/// Decodes the input as a JPEG file of at most a million pixels.
func fuzzJPEG(_ input: [UInt8]) {
  do {
    let read = try decodeJPEG(input, pixels: 1 << 20)
    precondition(read.samples.count == read.width * read.height * 4)
    precondition(read.damage?.isEmpty != true)
  } catch {
    precondition(!"\(error)".isEmpty)
  }
}
