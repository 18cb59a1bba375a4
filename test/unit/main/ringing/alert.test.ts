import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Alerts, makeAlerts, type RingingCall } from '../../../../main/ringing/alert';
import type { RingingEnd } from '../../../../main/ringing/alert-rules';
import { anna, ben, call, event, invite, left, ofParty, otherCall, redacted, report } from '../call-facts';
import { turnedClock } from '../turned-clock';

/** Three signs, each a list of the calls for which it is up. */
let signs: Readonly<Record<'notification' | 'badge' | 'flash', RingingCall[]>>;
let clock: ReturnType<typeof turnedClock>;
let alerts: Alerts;
const changed = vi.fn();
const ended = vi.fn<(call: RingingCall, end: RingingEnd, missed: boolean) => void>();

beforeEach(() => {
  vi.resetAllMocks();
  signs = { notification: [], badge: [], flash: [] };
  clock = turnedClock();
  const raise = (up: RingingCall[]) => (ringing: RingingCall) => {
    up.push(ringing);
    return () => {
      const [lowered] = up.splice(up.indexOf(ringing), 1);
      expect(lowered, 'a sign is lowered once').toBe(ringing);
    };
  };
  alerts = makeAlerts({ clock, signs: Object.values(signs).map(raise), changed, ended });
});

const up = () => Object.values(signs).map((calls) => calls.map(({ callId }) => callId));
const allUp = [[call.callId], [call.callId], [call.callId]];
const allDown = [[], [], []];
const ring = () => {
  alerts.signal(invite());
  alerts.report(report('ringing'));
};
const ends = () => ended.mock.calls.map(([, end]) => end);

describe('a call that may ring', () => {
  it('raises every sign when the page rings, and knows then what kind of call it is', () => {
    alerts.signal(invite());
    expect(up()).toEqual(allDown);
    alerts.report(report('ringing', { kind: 'video' }));
    expect(up()).toEqual(allUp);
    expect(signs.notification[0]).toMatchObject({ caller: ben, kind: 'video', silenced: false });
    expect(alerts.list()).toHaveLength(1);
    expect(changed).toHaveBeenCalled();
  });

  it('rings without a page that is not there', () => {
    alerts.signal(invite());
    clock.turn(1000);
    expect(up()).toEqual(allUp);
    alerts.report(report('ringing', { kind: 'video' }));
    expect(up()).toEqual(allUp);
    expect(alerts.list()).toMatchObject([{ kind: 'video' }]);
  });

  it('shows nothing when the page answers by itself (glare)', () => {
    alerts.signal(invite());
    alerts.report(report('answering'));
    alerts.report(report('connecting'));
    clock.turn(90_000);
    expect(up()).toEqual(allDown);
    expect(ends()).toEqual(['answered']);
  });

  it('can be answered before its signs are up, and not any more once it is', () => {
    alerts.signal(invite());
    expect(alerts.list()).toEqual([]);
    expect(alerts.unanswered().map(({ callId }) => callId)).toEqual([call.callId]);
    alerts.report(report('ringing'));
    expect(alerts.unanswered().map(({ callId }) => callId)).toEqual([call.callId]);
    alerts.report(report('answering'));
    expect(alerts.unanswered()).toEqual([]);
  });

  it('rings once however often the invite comes', () => {
    ring();
    ring();
    expect(up()).toEqual(allUp);
  });

  it('RG-09: keeps its signs when it is silenced', () => {
    ring();
    alerts.silence(call);
    expect(up()).toEqual(allUp);
    expect(alerts.list()).toMatchObject([{ silenced: true }]);
  });

  it('RG-10: rings beside another one, and each ends alone', () => {
    ring();
    alerts.signal(invite({ callId: otherCall.callId }));
    clock.turn(1000);
    expect(alerts.list().map(({ callId }) => callId)).toEqual([call.callId, otherCall.callId]);
    alerts.signal(event('m.call.hangup'));
    expect(up()).toEqual([[otherCall.callId], [otherCall.callId], [otherCall.callId]]);
  });
});

describe('a call that may not ring', () => {
  it.each(['invitee', 'doNotDisturb', 'ignoredUser', 'expired'] as const)('%s: no sign, ever', (why) => {
    alerts.signal(invite({ verdict: { ring: false, why } }));
    alerts.report(report('ringing'));
    clock.turn(90_000);
    expect(up()).toEqual(allDown);
    expect(ended).not.toHaveBeenCalled();
  });
});

describe('every sign goes at the first of', () => {
  it.each<[id: string, what: string, end: () => void, reason: RingingEnd, missed: boolean]>([
    [
      'AN-21',
      'the caller hangs up',
      () => {
        alerts.signal(event('m.call.hangup'));
      },
      'hungUp',
      true,
    ],
    [
      'RG-11',
      'the caller chose another',
      () => {
        alerts.signal(event('m.call.select_answer'));
      },
      'answeredElsewhere',
      false,
    ],
    [
      'AN-12',
      'answered on another device',
      () => {
        alerts.signal(event('m.call.answer', { sender: anna, ...ofParty('PHONE') }));
      },
      'answeredElsewhere',
      false,
    ],
    [
      'AN-13',
      'rejected on another device',
      () => {
        alerts.signal(event('m.call.reject', { sender: anna, ...ofParty('PHONE') }));
      },
      'rejectedElsewhere',
      false,
    ],
    [
      'LV-11',
      'the lifetime is over',
      () => {
        clock.turn(60_000);
      },
      'expired',
      true,
    ],
    [
      'LV-15',
      'the invite is redacted',
      () => {
        alerts.signal(redacted());
      },
      'redacted',
      false,
    ],
    [
      'RM-01',
      'the caller leaves',
      () => {
        alerts.signal(left(ben));
      },
      'callerLeft',
      true,
    ],
    [
      'RM-04',
      'we leave',
      () => {
        alerts.signal(left(anna));
      },
      'weLeft',
      false,
    ],
    [
      'AN-02',
      'answered here',
      () => {
        alerts.report(report('connecting'));
      },
      'answered',
      false,
    ],
    [
      'AN-14',
      'declined here',
      () => {
        alerts.report(report('ended', { reason: 'rejected' }));
      },
      'declined',
      false,
    ],
    [
      'LV-11',
      'the page counted to the end first',
      () => {
        alerts.report(report('ended', { reason: 'invite_timeout' }));
      },
      'expired',
      true,
    ],
    [
      'GL-03',
      'the page ended it for a reason of its own',
      () => {
        alerts.report(report('ended', { reason: 'glare' }));
      },
      'ended',
      false,
    ],
    [
      'RG-11',
      'the account signs out',
      () => {
        alerts.signedOut(anna);
      },
      'signedOut',
      false,
    ],
    [
      'AN-27',
      'main hung it up',
      () => {
        alerts.stop(call);
      },
      'ended',
      false,
    ],
  ])('%s: %s', (_id, _what, end, reason, missed) => {
    ring();
    end();
    expect(up()).toEqual(allDown);
    expect(alerts.list()).toEqual([]);
    expect(ended.mock.calls).toEqual([[expect.objectContaining(call), reason, missed]]);
    clock.turn(600_000);
    alerts.signal(event('m.call.hangup'));
    alerts.report(report('ended', { reason: 'invite_timeout' }));
    expect(ended).toHaveBeenCalledOnce();
  });

  it('also for a call that the page has not shown yet', () => {
    alerts.signal(invite());
    alerts.signal(event('m.call.hangup'));
    clock.turn(1000);
    expect(up()).toEqual(allDown);
    expect(ends()).toEqual(['hungUp']);
  });
});

describe('LV-01, LV-14: time', () => {
  it('counts from when the invite was sent', () => {
    alerts.signal(invite({ age: 50_000 }));
    clock.turn(9_999);
    expect(up()).toEqual(allUp);
    clock.turn(1);
    expect(up()).toEqual(allDown);
  });

  it('goes on while the machine sleeps', () => {
    ring();
    alerts.slept(30_000);
    clock.turn(29_999);
    expect(up()).toEqual(allUp);
    clock.turn(1);
    expect(ends()).toEqual(['expired']);
  });

  it('a call that expired in sleep is missed, not rung again', () => {
    ring();
    alerts.slept(3_600_000);
    clock.turn(0);
    expect(up()).toEqual(allDown);
    expect(ends()).toEqual(['expired']);
  });
});

describe('answering', () => {
  beforeEach(() => {
    ring();
    alerts.report(report('answering'));
  });

  it('takes the signs away at once', () => {
    expect(up()).toEqual(allDown);
    expect(alerts.list()).toEqual([]);
    expect(ended).not.toHaveBeenCalled();
  });

  it('AN-25: rings again when the answer cannot be sent', () => {
    alerts.report(report('ringing'));
    expect(up()).toEqual(allUp);
  });

  it('rings again for the next page when this one dies before the answer left', () => {
    alerts.pageGone();
    expect(up()).toEqual(allUp);
  });

  it('is missed when the page dies and the time is over', () => {
    clock.turn(61_000);
    expect(ended).not.toHaveBeenCalled();
    alerts.pageGone();
    expect(up()).toEqual(allDown);
    expect(ends()).toEqual(['expired']);
  });

  it('is not missed when it succeeds', () => {
    alerts.report(report('connecting'));
    alerts.report(report('connected'));
    clock.turn(90_000);
    expect(ends()).toEqual(['answered']);
  });
});

describe('a page that dies', () => {
  it('leaves a ringing call ringing', () => {
    ring();
    alerts.pageGone();
    expect(up()).toEqual(allUp);
    expect(ended).not.toHaveBeenCalled();
  });
});
