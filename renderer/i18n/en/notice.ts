export const notice = {
  lost: '{name} does not hear you: your microphone is gone, and no other was found. Plug one in, and the call goes on with it.',
  microphone: {
    none: 'No microphone found. Plug one in and try again.',
    denied: 'Carillon may not use the microphone.',
    busy: 'The microphone is in use. Close the other program that uses it and try again.',
    failed: 'The microphone does not work. Unplug it, plug it in again and try once more.',
  },
  camera: {
    none: 'No camera found. Plug one in, then press Camera.',
    denied: 'Carillon may not use the camera.',
    busy: 'The camera is in use. Close the other program that uses it, then press Camera.',
    failed: 'The camera does not work. Unplug it and plug it in again, then press Camera.',
  },
  screen: {
    denied: 'Carillon may not see your screen. Allow it in your system’s privacy settings, then press Share.',
    none: 'No screen or window to share was found.',
    gone: 'What you chose could not be captured; perhaps it was closed. Press Share to choose again.',
    failed: 'Your screen could not be shared. Press Share to try again.',
  },
  signalling: {
    forbidden:
      'The server did not accept the call: you are not allowed to call in this conversation. Ask {name}, or whoever moderates it.',
    gaveUp: 'The server could not be reached. Check your connection, then call again.',
    untrusted:
      'The call was not sent, for it cannot be protected: {name} uses a device that nobody has confirmed, or is not the person you verified. Verify {name} again, or change who may take part in encrypted calls in the settings.',
  },
};
