import { describe, expect, it } from 'vitest';
import type { CallState } from '../../../../renderer/call/call-state';
import type { CallView } from '../../../../renderer/call/call-view';
import { endingTone, lastingTone } from '../../../../renderer/media/call-sounds';

type Parts = { state: CallState['name'] } & Partial<
  Pick<CallView, 'direction' | 'verdict' | 'connectedAt' | 'heldByUs' | 'heldByPeer'>
>;

const call = ({ state, ...rest }: Parts): CallView =>
  ({ direction: 'incoming', verdict: { ring: true }, connectedAt: null, ...rest, state: { name: state } }) as CallView;

describe('the tone that lasts', () => {
  it.each([
    { what: 'nothing', calls: [], tone: null },
    { what: 'an incoming call', calls: [call({ state: 'ringing' })], tone: 'ringtone' },
    {
      what: 'RG-04: one that may not ring',
      calls: [call({ state: 'ringing', verdict: { ring: false, why: 'publicRoom' } })],
      tone: null,
    },
    {
      what: 'RG-10: a second call',
      calls: [call({ state: 'connected' }), call({ state: 'ringing' })],
      tone: 'waiting',
    },
    {
      what: 'RG-10: a second call while the first is on hold',
      calls: [call({ state: 'connected', heldByUs: true }), call({ state: 'ringing' })],
      tone: 'ringtone',
    },
    { what: 'an invite that has not left', calls: [call({ state: 'preparing', direction: 'outgoing' })], tone: null },
    { what: 'a placed call', calls: [call({ state: 'inviting', direction: 'outgoing' })], tone: 'ringback' },
    { what: 'a connected call', calls: [call({ state: 'connected' })], tone: null },
    { what: 'a call that they hold', calls: [call({ state: 'connected', heldByPeer: true })], tone: 'held' },
    {
      what: 'a call that both hold',
      calls: [call({ state: 'connected', heldByPeer: true, heldByUs: true })],
      tone: null,
    },
  ])('$what: $tone', ({ calls, tone }) => {
    expect(lastingTone(calls, () => false)).toBe(tone);
  });

  it('RG-09: silence stops the sound, not the call', () => {
    expect(lastingTone([call({ state: 'ringing' })], () => true)).toBeNull();
  });
});

describe('the tone of an end', () => {
  const ended = (reason: string, by: string, parts: Partial<CallView> = {}): CallView =>
    ({ direction: 'outgoing', connectedAt: null, ...parts, state: { name: 'ended', reason, by } }) as CallView;

  it.each([
    { what: 'declined by them', view: ended('rejected', 'them'), tone: 'busy' },
    { what: 'not answered', view: ended('invite_timeout', 'circumstance'), tone: 'busy' },
    { what: 'not connected', view: ended('ice_failed', 'circumstance'), tone: 'congestion' },
    {
      what: 'answered and not connected',
      view: ended('ice_timeout', 'us', { direction: 'incoming' }),
      tone: 'congestion',
    },
    { what: 'lost while talking', view: ended('ice_failed', 'circumstance', { connectedAt: 1 }), tone: 'lost' },
    { what: 'given up by us', view: ended('user_hangup', 'us'), tone: null },
    { what: 'after talking', view: ended('user_hangup', 'them', { connectedAt: 1 }), tone: 'ended' },
    {
      what: 'RG-11: taken by another device',
      view: ended('answered_elsewhere', 'us', { direction: 'incoming' }),
      tone: null,
    },
    { what: 'missed', view: ended('invite_timeout', 'circumstance', { direction: 'incoming' }), tone: null },
    { what: 'GL-15: gave way', view: ended('glare', 'circumstance'), tone: null },
  ])('$what: $tone', ({ view, tone }) => {
    expect(endingTone(view)).toBe(tone);
  });
});
