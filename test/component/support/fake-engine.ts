/** The engine as the screen sees it: shows the calls that the test sets, and remembers what the screen asked of it. */
import { vi, type Mock } from 'vitest';
import { callKeyOf } from '../../../preload/contract/call-key';
import type { CallKey } from '../../../preload/contract/signalling';
import type { CallControls, CallView } from '../../../renderer/call/call-view';
import { type CallEngine } from '../../../renderer/stores/calls';
import { callWith } from './fixtures';

type MockedControls = { readonly [N in keyof CallControls]: Mock<CallControls[N]> };

export interface FakeEngine extends CallEngine {
  readonly controls: MockedControls;
  readonly show: (...calls: readonly CallView[]) => void;
}

export function fakeEngine(): FakeEngine {
  let calls: readonly CallView[] = [];
  const listeners = new Set<(calls: readonly CallView[]) => void>();
  const show = (...next: readonly CallView[]): void => {
    calls = next;
    for (const listener of listeners) listener(calls);
  };
  const without = (key: CallKey): readonly CallView[] => calls.filter((call) => callKeyOf(call) !== callKeyOf(key));
  return {
    show,
    subscribe: (listener) => {
      listeners.add(listener);
      listener(calls);
      return () => listeners.delete(listener);
    },
    controls: {
      expect: vi.fn<CallControls['expect']>(),
      place: vi.fn<CallControls['place']>((target, kind) => {
        const call = calls.find(({ peer, state }) => peer === target.peer && state.name !== 'ended');
        if (call !== undefined) return call;
        const placed = { ...callWith('nobody'), ...target, kind, state: { name: 'preparing' } } as const;
        show(...calls, placed);
        return placed;
      }),
      answer: vi.fn<CallControls['answer']>(),
      decline: vi.fn<CallControls['decline']>(),
      hangUp: vi.fn<CallControls['hangUp']>(),
      setMicrophoneMuted: vi.fn<CallControls['setMicrophoneMuted']>(),
      setCameraOn: vi.fn<CallControls['setCameraOn']>(),
      setHeld: vi.fn<CallControls['setHeld']>(),
      sendDigits: vi.fn<CallControls['sendDigits']>(),
      shareScreen: vi.fn<CallControls['shareScreen']>(),
      stopSharing: vi.fn<CallControls['stopSharing']>(),
      transfer: vi.fn<CallControls['transfer']>(),
      connect: vi.fn<CallControls['connect']>(),
      acceptTransfer: vi.fn<CallControls['acceptTransfer']>(),
      declineTransfer: vi.fn<CallControls['declineTransfer']>(),
      sample: vi.fn<CallControls['sample']>(() => Promise.resolve(null)),
      dismiss: vi.fn<CallControls['dismiss']>((key) => {
        show(...without(key));
      }),
    },
  };
}
