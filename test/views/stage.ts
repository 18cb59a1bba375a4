/** A homeserver with people who know each other, and two of them with Carillon: what every view can be seen on. */
import { launchCarillon } from '../e2e/support/launch.ts';
import { type Phone, phoneOf, startPhone } from '../e2e/support/phone.ts';
import type { TestUser } from '../homeserver/client.ts';
import type { Homeserver } from '../homeserver/homeserver.ts';

export interface Stage {
  readonly homeserver: Homeserver;
  /** Whose windows are looked at; not signed in yet. */
  readonly anna: Phone;
  readonly ben: Phone;
  /** Calls Anna without an app of her own: what rings is what such an invite makes ring. */
  readonly claraCalls: () => Promise<void>;
  readonly claraHangsUp: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Hz */
const tones = { anna: 440, ben: 1000 } as const;

/** @param suffix of the user names, where the homeserver is used more than once. */
export async function setStage(homeserver: Homeserver, suffix = ''): Promise<Stage> {
  const join = (localpart: string, name: string): Promise<TestUser> =>
    homeserver.register(`${localpart}${suffix}`, 'a-password', name);
  const anna = await join('anna', 'Anna Kovács');
  const ben = await join('ben', 'Ben Okafor');
  const clara = await join('clara', 'Clara Núñez');
  const others = await Promise.all([
    join('dana', 'دانا حداد'),
    join('erik', 'Erik Lindqvist'),
    join('fatma', 'Fatma Yıldız'),
    join('gia', 'Gia Rossi'),
    join('maximilian', 'Maximilian Konstantin Freiherr von Sonnenberg-Hohenstein'),
  ]);
  await homeserver.directRoom(anna, ben, { encrypted: true });
  const clarasRoom = await homeserver.directRoom(anna, clara);
  // One after the other: each changes Anna's one list of direct rooms.
  for (const other of others) await homeserver.directRoom(anna, other);

  const english = { LANGUAGE: 'en', LC_ALL: 'en_US.UTF-8' };
  const [annasApp, bensPhone] = await Promise.all([
    launchCarillon({ tone: tones.anna, env: english }),
    startPhone(homeserver, ben, { tone: tones.ben, env: english }),
  ]);
  const annasPhone = phoneOf(annasApp, anna);
  let calls = 0;
  const send = async (type: string, content: Readonly<Record<string, unknown>>): Promise<void> => {
    const path = `/_matrix/client/v3/rooms/${encodeURIComponent(clarasRoom)}/send/${type}/${type}-${String(calls)}`;
    const common = { call_id: `clara-${String(calls)}`, version: '1', party_id: clara.deviceId };
    const { status } = await homeserver.request(clara.accessToken, 'PUT', path, { ...common, ...content });
    if (status !== 200) throw new Error(`${type} of Clara was refused: ${String(status)}`);
  };
  return {
    homeserver,
    anna: annasPhone,
    ben: bensPhone,
    claraCalls: async () => {
      calls += 1;
      await send('m.call.invite', {
        lifetime: 90_000,
        invitee: anna.userId,
        offer: { type: 'offer', sdp: clarasOffer },
      });
      await annasPhone.page.getByRole('alertdialog', { name: /from Clara/ }).waitFor();
    },
    claraHangsUp: async () => {
      await send('m.call.hangup', { reason: 'user_hangup' });
      await annasPhone.page.getByRole('alertdialog', { name: /from Clara/ }).waitFor({ state: 'detached' });
    },
    close: async () => {
      await Promise.all([annasPhone.close(), bensPhone.close()]);
    },
  };
}

/** One line for sound and one for pictures; nobody answers it. */
const clarasOffer = `${[
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  'a=sendrecv',
  'a=rtpmap:111 opus/48000/2',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'c=IN IP4 0.0.0.0',
  'a=mid:1',
  'a=sendrecv',
  'a=rtpmap:96 VP8/90000',
].join('\r\n')}\r\n`;
