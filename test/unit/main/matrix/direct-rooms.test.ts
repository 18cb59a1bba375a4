import { expect, it } from 'vitest';

import { readDirectRooms, withDirectRoom } from '../../../../main/matrix/direct-rooms';

it.each([
  ['nothing', undefined, {}],
  ['null', null, {}],
  ['people and their rooms', { '@a:x': ['!1', '!2'] }, { '@a:x': ['!1', '!2'] }],
  ['what other programs left there', { '@a:x': 'no list', '@b:x': ['!1', 7, null], note: ['!2'] }, { '@b:x': ['!1'] }],
])('reads %s', (_what, content, rooms) => {
  expect(Object.fromEntries(readDirectRooms(content))).toEqual(rooms);
});

it('adds a room and leaves the rest as it is', () => {
  const content = { '@a:x': ['!1'], '@b:x': ['!2'], note: 'of another program' };
  expect(withDirectRoom(content, '@a:x', '!3')).toEqual({ ...content, '@a:x': ['!1', '!3'] });
  expect(withDirectRoom(content, '@a:x', '!1')).toEqual(content);
  expect(withDirectRoom(undefined, '@a:x', '!1')).toEqual({ '@a:x': ['!1'] });
});
