import { describe, expect, it } from 'vitest';
import type { CallCause, CallOutcome, HistoryEntry } from '../../../../preload/contract/history';
import { explanationOf, outcomeOf, ringOf, talkOf } from '../../../../renderer/composables/history-words';
import { en } from '../../../../renderer/i18n/en';

const entry = (over: Partial<HistoryEntry>): HistoryEntry => ({
  id: 1,
  account: '@anna:example.org' as HistoryEntry['account'],
  roomId: '!room:example.org' as HistoryEntry['roomId'],
  callId: 'call' as HistoryEntry['callId'],
  peer: '@ben:example.org' as HistoryEntry['peer'],
  peerName: 'Ben',
  direction: 'incoming',
  kind: 'voice',
  startedAt: 1000,
  answeredAt: null,
  connectedAt: null,
  endedAt: null,
  outcome: 'missed',
  cause: null,
  missed: false,
  seen: true,
  ...over,
});

/** What `history.outcome.missed` says. */
const said = (key: string | null): unknown =>
  key?.split('.').reduce<unknown>((messages, part) => (messages as Record<string, unknown>)[part], en) ?? null;

describe('what a past call is called', () => {
  it.each<[CallOutcome, HistoryEntry['direction'], string, string | null]>([
    ['answered', 'incoming', 'Incoming', null],
    ['answered', 'outgoing', 'Outgoing', null],
    ['missed', 'incoming', 'Missed', 'You missed a call from {name}.'],
    ['declined', 'incoming', 'You declined', 'You declined the call.'],
    ['declined', 'outgoing', 'Declined', '{name} declined the call.'],
    ['cancelled', 'outgoing', 'Cancelled', 'You hung up before {name} answered.'],
    ['cancelled', 'incoming', 'Taken back', '{name} took the call back.'],
    ['noAnswer', 'outgoing', 'No answer', '{name} did not answer.'],
    ['answeredElsewhere', 'incoming', 'Answered on another device', null],
    ['declinedElsewhere', 'incoming', 'Declined on another device', null],
    ['busy', 'outgoing', 'Busy', '{name} is in another call.'],
    ['busy', 'incoming', 'You were in another call', 'You were in another call.'],
    ['failed', 'outgoing', 'Failed', 'The call failed.'],
    ['suppressed', 'incoming', 'Did not ring', 'The call failed.'],
  ])('%s, %s: %s', (outcome, direction, word, sentence) => {
    expect(said(outcomeOf(entry({ outcome, direction })))).toBe(word);
    expect(said(explanationOf(entry({ outcome, direction })))).toBe(sentence);
  });

  it.each<[CallOutcome, CallCause, RegExp]>([
    ['answered', 'connectionLost', /connection to \{name\} was lost/],
    ['answered', 'interrupted', /stopped in the middle/],
    ['failed', 'noConnection', /No connection to \{name\}/],
    ['failed', 'notSent', /could not be placed/],
    ['failed', 'ownMedia', /Your microphone/],
    ['failed', 'theirMedia', /\{name\}’s microphone/],
    ['failed', 'leftRoom', /no longer share/],
    ['failed', 'endedEarly', /while the connection was being made/],
    ['failed', 'signedOut', /signed out/],
    ['failed', 'unknown', /failed/],
    ['suppressed', 'muted', /notifications of this conversation are off/],
    ['suppressed', 'doNotDisturb', /disturbed/],
    ['suppressed', 'ignoredUser', /you ignore \{name\}/],
    ['suppressed', 'publicRoom', /public room/],
    ['suppressed', 'notJoined', /did not share/],
    ['suppressed', 'untrusted', /may not be from \{name\}/],
  ])('%s because of %s is explained', (outcome, cause, sentence) => {
    expect(said(explanationOf(entry({ outcome, cause })))).toMatch(sentence);
  });
});

describe('how long', () => {
  it('they talked, if that is known', () => {
    expect(talkOf(entry({ connectedAt: 2000, endedAt: 62_000 }))).toBe(60_000);
    expect(talkOf(entry({ connectedAt: 2000, endedAt: 1000 })), 'a clock that was set back').toBe(0);
    expect(talkOf(entry({ connectedAt: 2000 }))).toBeNull();
    expect(talkOf(entry({ endedAt: 2000 }))).toBeNull();
  });

  it('it rang, if it rang', () => {
    expect(ringOf(entry({ answeredAt: 5000, endedAt: 9000 }))).toBe(4000);
    expect(ringOf(entry({ endedAt: 9000 }))).toBe(8000);
    expect(ringOf(entry({}))).toBeNull();
    expect(ringOf(entry({ outcome: 'suppressed', endedAt: 9000 }))).toBeNull();
  });
});
