/* global document, fetch, location, MediaStream */
/** A page of mediasoup-client that shows two cameras and sounds them, and nothing else. */
import { Device } from 'mediasoup-client';

const post = async (path, body) => {
  const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
  return answer.json();
};

/** Where each picture lies, in CSS pixels. */
const places = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const { routerRtpCapabilities, transport: parameters } = await post('/join', {});
const device = new Device();
await device.load({ routerRtpCapabilities });
const transport = device.createRecvTransport(parameters);
const { id } = transport;
transport.on('connect', ({ dtlsParameters }, done, failed) => {
  post('/connect', { id, dtlsParameters }).then(done, failed);
});
const { speakers } = await post('/consume', { id, rtpCapabilities: device.recvRtpCapabilities });
for (const [index, offers] of speakers.entries()) {
  const stream = new MediaStream();
  for (const offer of offers) stream.addTrack((await transport.consume(offer)).track);
  const video = document.createElement('video');
  const { x, y, width, height } = places[index];
  video.style = `position:fixed;left:${x}px;top:${y}px;width:${width}px;height:${height}px`;
  video.autoplay = true;
  video.srcObject = stream;
  document.body.append(video);
}
await post('/resume', { id });
