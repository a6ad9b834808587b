/*
 * Decodes Opus packets, each after its length (16 bits, big endian), from standard input to signed
 * 16-bit samples of 16 kHz, one channel, on standard output: libopus alone, as a second opinion.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Of <opus/opus.h> (RFC 6716's API): the library is where ffmpeg is, its headers need not be. */
typedef struct OpusDecoder OpusDecoder;
extern OpusDecoder *opus_decoder_create(int32_t rate, int channels, int *error);
extern int opus_decode(OpusDecoder *decoder, const unsigned char *data, int32_t length, int16_t *pcm,
                       int frame_size, int decode_fec);

enum { rate = 16000, longest = rate * 120 / 1000 };

int main(void) {
  int error = 0;
  OpusDecoder *decoder = opus_decoder_create(rate, 1, &error);
  if (decoder == NULL) return EXIT_FAILURE;
  unsigned char head[2];
  unsigned char packet[UINT16_MAX];
  int16_t pcm[longest];
  while (fread(head, 1, sizeof head, stdin) == sizeof head) {
    const size_t length = (size_t)head[0] << 8 | head[1];
    if (fread(packet, 1, length, stdin) != length) return EXIT_FAILURE;
    const int samples = opus_decode(decoder, packet, (int32_t)length, pcm, longest, 0);
    if (samples < 0) return EXIT_FAILURE;
    fwrite(pcm, sizeof pcm[0], (size_t)samples, stdout);
  }
  return EXIT_SUCCESS;
}
