/*
 * Receivers of the SFU benchmark: sockets that take RTP and count it, and nothing more.
 *
 *   receivers COUNT
 *
 * Prints the COUNT ports of 127.0.0.1, one a line. Then each line on standard input is answered by
 * one line: the packets of payload type 100, and of 101, since the last answer, and the last 24 bytes
 * of the last packet. It never blocks on a socket: waking it would be charged to the sender, whom it
 * is to leave alone.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/** Longer than the tag that SRTP ends with. */
enum { TAIL = 24 };
enum { BATCH = 64, BUFFER = 2048, PAUSE_MS = 4 };

static unsigned char buffers[BATCH][BUFFER];
static struct mmsghdr messages[BATCH];
static struct iovec vectors[BATCH];

static long long packets[128];
static unsigned char tail[TAIL];

static void drain(int socket)
{
  int got;
  do
  {
    got = recvmmsg(socket, messages, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < got; i += 1)
    {
      unsigned length = messages[i].msg_len;
      if (length < 12) continue;
      unsigned type = buffers[i][1] & 0x7f;
      packets[type] += 1;
      if ((type == 100 || type == 101) && length >= 12 + TAIL)
        memcpy(tail, buffers[i] + length - TAIL, TAIL);
    }
  } while (got == BATCH);
}

int main(int argc, char **argv)
{
  int count = argc > 1 ? atoi(argv[1]) : 0;
  int *sockets = calloc(count, sizeof(int));
  for (int i = 0; i < BATCH; i += 1)
  {
    vectors[i] = (struct iovec){buffers[i], BUFFER};
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  for (int i = 0; i < count; i += 1)
  {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int room = 4 << 20;
    sockets[i] = socket(AF_INET, SOCK_DGRAM, 0);
    /* Beyond the system's limit only root may go; below it the limit is what one gets. */
    if (setsockopt(sockets[i], SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room) != 0)
      setsockopt(sockets[i], SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    if (bind(sockets[i], (struct sockaddr *)&address, size) != 0 ||
        getsockname(sockets[i], (struct sockaddr *)&address, &size) != 0)
    {
      perror("receivers");
      return 1;
    }
    printf("%d\n", ntohs(address.sin_port));
  }
  fflush(stdout);

  struct pollfd input = {.fd = 0, .events = POLLIN};
  for (;;)
  {
    int asked = poll(&input, 1, PAUSE_MS);
    for (int i = 0; i < count; i += 1) drain(sockets[i]);
    if (asked <= 0) continue;
    char line[64];
    if (read(0, line, sizeof line) <= 0) return 0;
    printf("%lld %lld ", packets[100], packets[101]);
    for (int i = 0; i < TAIL; i += 1) printf("%02x", tail[i]);
    printf("\n");
    fflush(stdout);
    memset(packets, 0, sizeof packets);
  }
}
