/** Turns the bytes of a sound file into something that can ring. */

/** s that are kept: nobody lets it ring longer, and a whole song decoded is a hundred megabytes. */
const longest = 60;

/** @returns null when it is no sound that can be decoded, or a sound of no length. */
export async function decodeSound(base64: string, context: BaseAudioContext): Promise<AudioBuffer | null> {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const sound = await context.decodeAudioData(bytes.buffer);
    return sound.length === 0 ? null : firstOf(sound, context);
  } catch {
    return null;
  }
}

function firstOf(sound: AudioBuffer, context: BaseAudioContext): AudioBuffer {
  if (sound.duration <= longest) return sound;
  const length = Math.round(longest * sound.sampleRate);
  const kept = context.createBuffer(sound.numberOfChannels, length, sound.sampleRate);
  for (let channel = 0; channel < sound.numberOfChannels; channel++) {
    kept.copyToChannel(sound.getChannelData(channel).subarray(0, length), channel);
  }
  return kept;
}

export interface OwnSound {
  /** Decoded once; null where there is none, or none that can be played. */
  readonly get: () => Promise<AudioBuffer | null>;
  /** Another file takes its place, if it can be played. */
  readonly take: (base64: string) => Promise<boolean>;
}

export interface OwnSoundEnv {
  readonly load: () => Promise<string | null>;
  readonly decode: (base64: string) => Promise<AudioBuffer | null>;
}

export function makeOwnSound({ load, decode }: OwnSoundEnv): OwnSound {
  let known: Promise<AudioBuffer | null> | null = null;

  async function loaded(): Promise<AudioBuffer | null> {
    const file = await load();
    return file === null ? null : decode(file);
  }

  return {
    get: () => (known ??= loaded().catch(() => null)),
    take: async (base64) => {
      const sound = await decode(base64);
      if (sound === null) return false;
      known = Promise.resolve(sound);
      return true;
    },
  };
}
