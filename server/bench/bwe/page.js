/* global window, document, RTCPeerConnection, MediaStream, setTimeout */
/** The receiver's end, inside the page. */
const peer = new RTCPeerConnection();
const video = document.createElement('video');
video.muted = true;
video.autoplay = true;
document.body.append(video);
peer.addEventListener('track', ({ track }) => (video.srcObject = new MediaStream([track])));

async function read() {
  const all = [...(await peer.getStats()).values()];
  return all.find(({ type }) => type === 'inbound-rtp') ?? {};
}

window.receiver = {
  async answer(sdp) {
    await peer.setRemoteDescription({ type: 'offer', sdp });
    await peer.setLocalDescription();
    return peer.localDescription.sdp;
  },

  async watch(seconds) {
    const heights = [];
    for (let second = 0; second < seconds; second += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      heights.push((await read()).frameHeight ?? 0);
    }
    const last = await read();
    return {
      heights,
      framesDecoded: last.framesDecoded ?? 0,
      freezeSeconds: last.totalFreezesDuration ?? 0,
      freezes: last.freezeCount ?? 0,
      packetsLost: last.packetsLost ?? 0,
      packetsReceived: last.packetsReceived ?? 0,
    };
  },
};
