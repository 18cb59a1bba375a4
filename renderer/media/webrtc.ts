/** Chromium's peer connections for the engine. */
import type { PeerConnection, PeerConnectionEvents } from '../call/environment';

/** The listeners are set before anything can happen to the connection. */
export function createPeerConnection(configuration: RTCConfiguration, events: PeerConnectionEvents): PeerConnection {
  const connection = new RTCPeerConnection(configuration);
  connection.onicecandidate = ({ candidate }) => {
    // An empty candidate ends one section's generation; the end of all of them is null. W3C WebRTC, 4.8.1
    if (candidate?.candidate !== '') events.candidate(candidate?.toJSON() ?? null);
  };
  connection.onicegatheringstatechange = events.gatheringStateChanged;
  connection.onconnectionstatechange = events.connectionStateChanged;
  connection.onnegotiationneeded = events.negotiationNeeded;
  connection.ontrack = ({ track, streams }) => events.track(track, streams);
  return connection;
}
