import { describe, expect, it } from 'vitest';

import type { DirectRooms } from '../../../../main/matrix/direct-rooms';
import { peopleIn, readableName, type RoomFacts } from '../../../../main/matrix/people';
import type { UserId } from '../../../../preload/contract/ids';
import type { Person } from '../../../../preload/contract/people';

const own = '@own:here' as UserId;
const anna = '@anna:there';
const ben = '@ben:there';

/** A room of ours with Anna, where a call can be placed. */
function room(more: Partial<RoomFacts> = {}): RoomFacts {
  return {
    roomId: '!1:here',
    own: 'join',
    directInviter: null,
    others: [{ userId: anna, name: 'Anna', membership: 'join' }],
    members: 2,
    maySignal: true,
    closed: false,
    lastActive: 0,
    favourite: false,
    ...more,
  };
}

function people(
  rooms: readonly RoomFacts[],
  direct: Readonly<Record<string, readonly string[]>> = {},
): readonly Person[] {
  const marked: DirectRooms = new Map(Object.entries(direct));
  return peopleIn(rooms, marked, own);
}

const group = room({
  others: [anna, ben].map((userId) => ({ userId, name: undefined, membership: 'join' })),
  members: 3,
});

describe('who is known', () => {
  it('whoever shares a room for two', () => {
    expect(people([room()])).toEqual([
      {
        account: own,
        userId: anna,
        name: 'Anna',
        roomId: '!1:here',
        standing: 'joined',
        barred: null,
        favourite: false,
        avatar: null,
      },
    ]);
  });

  it('with their picture, if it is one, and whether they are a favourite', () => {
    const others = (avatar: string) => [{ userId: anna, name: 'Anna', avatar, membership: 'join' }];
    expect(people([room({ others: others('mxc://there/pic'), favourite: true })])).toMatchObject([
      { avatar: 'app://bundle/avatar/%40own%3Ahere/there/pic', favourite: true },
    ]);
    expect(people([room({ others: others('https://there/pic.png') })])).toMatchObject([{ avatar: null }]);
  });

  it('not the members of a group', () => {
    expect(people([group])).toEqual([]);
  });

  it('but the one of whom a group is the direct room', () => {
    expect(people([group], { [ben]: ['!1:here'] })).toMatchObject([{ userId: ben, standing: 'joined' }]);
  });

  it('who invites us to a direct room, not who invites us to a group', () => {
    const invited = { own: 'invite', others: [], members: 0, maySignal: false } as const;
    expect(people([room({ ...invited, directInviter: anna })])).toMatchObject([
      { userId: anna, standing: 'invitesUs', barred: null },
    ]);
    expect(people([room(invited)])).toEqual([]);
  });

  it('not ourselves, and nobody from a room that was replaced', () => {
    expect(people([room()], { [own]: ['!1:here'] })).toEqual([]);
    expect(people([room({ closed: true })])).toEqual([]);
  });

  it('not who left a room that was nobody’s direct one', () => {
    const others = [{ userId: anna, name: 'Anna', membership: 'leave' }];
    expect(people([room({ others, members: 1 })])).toEqual([]);
  });
});

describe('where the room stands', () => {
  it.each([
    ['joined', 'join', 2],
    ['invited', 'invite', 2],
    ['left', 'leave', 1],
    ['left', 'ban', 1],
    ['joined', undefined, 2],
    ['left', undefined, 1],
  ])('%s: their membership is %s, of %d', (standing, membership, members) => {
    const others = [{ userId: anna, name: undefined, membership }];
    expect(people([room({ others, members })], { [anna]: ['!1:here'] })).toMatchObject([{ standing }]);
  });
});

describe('RG-08: barred', () => {
  it.each([['powerLevel', { maySignal: false }]])('%s', (barred, facts) => {
    expect(people([room(facts)])).toMatchObject([{ barred }]);
  });
});

describe('several rooms with one person', () => {
  const left = [{ userId: anna, name: 'Anna', membership: 'leave' }];
  const invited = [{ userId: anna, name: 'Anna', membership: 'invite' }];

  it.each([
    ['where both are before where they left', room({ others: left, lastActive: 9 })],
    ['where both are before where they are invited', room({ others: invited, lastActive: 9 })],
    ['where a call is possible before where it is not', room({ maySignal: false, lastActive: 9 })],
    ['the one used last', room({ lastActive: 1 })],
  ])('%s', (_what, worse) => {
    const better = room({ roomId: '!2:here', lastActive: 2 });
    const direct = { [anna]: ['!1:here', '!2:here'] };
    expect(people([worse, better], direct)).toMatchObject([{ roomId: '!2:here' }]);
    expect(people([better, worse], direct)).toMatchObject([{ roomId: '!2:here' }]);
  });
});

describe('names', () => {
  it('two people of one name are told apart, others are left alone; sorted', () => {
    const rooms = [
      ['!1:here', '@z:x', 'Alex'],
      ['!2:here', '@a:x', 'alex'],
      ['!3:here', '@b:x', 'Zoe'],
      ['!4:here', '@c:x', 'Bea'],
    ].map(([roomId = '', userId = '', name]) => room({ roomId, others: [{ userId, name, membership: 'join' }] }));
    expect(people(rooms).map(({ name }) => name)).toEqual(['alex (@a:x)', 'Alex (@z:x)', 'Bea', 'Zoe']);
  });

  it.each([
    ['Anna', 'Anna'],
    ['  Anna  ', 'Anna'],
    ['An\u202ena\u0007', 'Anna'],
    ['\u200b', anna],
    ['', anna],
    [undefined, anna],
  ])('%j is shown as %s', (name, shown) => {
    expect(readableName(name, anna)).toBe(shown);
  });
});
