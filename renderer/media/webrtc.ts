/** Chromium's peer connections for the engine. */
import type { CallEnvironment } from '../call/environment';
import type { DigitReader } from './digit-reader';

export function peerConnections(digits: DigitReader): CallEnvironment['createPeerConnection'] {
  return (configuration, events) => {
    // The listeners are set before anything can happen to the connection.
    const connection = new RTCPeerConnection(configuration);
    connection.onicecandidate = ({ candidate }) => {
      // An empty candidate ends one section's generation; the end of all of them is null. W3C WebRTC, 4.8.1
      if (candidate?.candidate !== '') events.candidate(candidate?.toJSON() ?? null);
    };
    connection.onicegatheringstatechange = events.gatheringStateChanged;
    connection.onconnectionstatechange = events.connectionStateChanged;
    connection.onnegotiationneeded = events.negotiationNeeded;
    // Whoever offers has its receivers long before their `track` events, and by then it is too late to read.
    const readings: (() => void)[] = [];
    const addTransceiver = connection.addTransceiver.bind(connection);
    connection.addTransceiver = (...args) => {
      const transceiver = addTransceiver(...args);
      readings.push(digits.read(transceiver.receiver, events.digit));
      return transceiver;
    };
    connection.ontrack = ({ receiver, track, streams }) => {
      readings.push(digits.read(receiver, events.digit));
      events.track(track, streams);
    };
    const close = connection.close.bind(connection);
    connection.close = () => {
      for (const end of readings.splice(0)) end();
      close();
    };
    return connection;
  };
}
