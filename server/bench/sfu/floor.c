/*
 * The least that an SFU must do: take each RTP packet once, and for each receiver encrypt it with
 * AES-256-GCM under the receiver's own key (RFC 7714: header as associated data) and send it.
 * No streams, no feedback, no statistics.
 *
 *   floor
 *
 * Prints the port of 127.0.0.1 that it takes RTP on. Each line on standard input is the port of a
 * receiver to add. Ends with its standard input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 4096, HEADER = 12, TAG = 16 };

struct receiver
{
  struct sockaddr_in address;
  EVP_CIPHER_CTX *cipher;
  unsigned char salt[12];
};

static struct receiver receivers[MOST];
static int count;

static int add(int port)
{
  struct receiver *receiver = &receivers[count];
  unsigned char key[32];
  if (count == MOST || RAND_bytes(key, sizeof key) != 1) return 0;
  RAND_bytes(receiver->salt, sizeof receiver->salt);
  receiver->address = (struct sockaddr_in){
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  receiver->cipher = EVP_CIPHER_CTX_new();
  count += 1;
  return EVP_EncryptInit_ex(receiver->cipher, EVP_aes_256_gcm(), NULL, key, NULL);
}

static void forward(int socket, const unsigned char *packet, int length)
{
  static unsigned char out[4096];
  int done;
  for (int i = 0; i < count; i += 1)
  {
    struct receiver *receiver = &receivers[i];
    unsigned char iv[12];
    memcpy(iv, receiver->salt, sizeof iv);
    /* SSRC and sequence number where RFC 7714 has them; the rollover counter stays 0 here. */
    for (int k = 0; k < 4; k += 1) iv[2 + k] ^= packet[8 + k];
    iv[10] ^= packet[2];
    iv[11] ^= packet[3];
    memcpy(out, packet, HEADER);
    EVP_EncryptInit_ex(receiver->cipher, NULL, NULL, NULL, iv);
    EVP_EncryptUpdate(receiver->cipher, NULL, &done, packet, HEADER);
    EVP_EncryptUpdate(receiver->cipher, out + HEADER, &done, packet + HEADER, length - HEADER);
    EVP_EncryptFinal_ex(receiver->cipher, out + length, &done);
    EVP_CIPHER_CTX_ctrl(receiver->cipher, EVP_CTRL_GCM_GET_TAG, TAG, out + length);
    sendto(socket, out, length + TAG, 0, (struct sockaddr *)&receiver->address,
           sizeof receiver->address);
  }
}

int main(void)
{
  static unsigned char packet[2048];
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int udp = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(udp, (struct sockaddr *)&address, size) != 0 ||
      getsockname(udp, (struct sockaddr *)&address, &size) != 0)
  {
    perror("floor");
    return 1;
  }
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);

  struct pollfd watched[] = {{.fd = udp, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  for (;;)
  {
    poll(watched, 2, -1);
    if (watched[1].revents)
    {
      char line[16];
      if (!fgets(line, sizeof line, stdin)) return 0;
      do
      {
        if (!add(atoi(line))) return 1;
      } while (fgets(line, sizeof line, stdin) && line[0] != '\n');
      puts("ready");
      fflush(stdout);
    }
    if (!watched[0].revents) continue;
    ssize_t length = recv(udp, packet, sizeof packet, MSG_DONTWAIT);
    if (length > HEADER) forward(udp, packet, length);
  }
}
