/** Main as the page sees it: remembers what was asked, answers as told, and tells what the test wants told. */
import type {
  Carillon,
  CommandArgument,
  CommandName,
  CommandResults,
  EventName,
  Events,
  Snapshot,
} from '../../../preload/contract';

type Answers = {
  [N in CommandName]?: (argument: CommandArgument<N>) => CommandResults[N] | Promise<CommandResults[N]>;
};

export interface FakeMain {
  readonly bridge: Carillon;
  /** May be changed at any time. */
  readonly answers: Answers;
  readonly tell: <N extends EventName>(name: N, payload: Events[N]) => void;
  /** The arguments of every call of a command so far. */
  readonly asked: <N extends CommandName>(name: N) => CommandArgument<N>[];
}

export function fakeMain(snapshot: Snapshot): FakeMain {
  const log: { name: CommandName; argument: unknown }[] = [];
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  let { settings } = snapshot;
  const answers: Answers = {
    'app:snapshot': () => snapshot,
    'account:signOut': () => null,
    'account:retry': () => null,
    'account:startOver': () => null,
    'people:search': () => ({ ok: true, people: [] }),
    'people:decline': () => ({ ok: true }),
    'people:presence': ({ userIds }) => userIds.map(() => null),
    'number:support': () => 'no',
    'desktop:lacks': () => [],
    'call:prepare': () => null,
    'call:silence': () => null,
    'history:list': () => ({ entries: [], more: false, unseen: 0, trouble: null }),
    'history:seen': () => null,
    'trust:check': () => null,
    'trust:answer': () => null,
    'trust:cancelTask': () => null,
    'trust:look': () => ({ trust: 'unverified', encrypted: true }),
    'trust:signOutRisk': () => ({ keysWaiting: 0, backup: 'on', lastDevice: false, recovery: 'ready' }),
    'update:state': () => ({ name: 'off' }),
    'trust:devices': () => ({ ok: true, devices: [] }),
    'settings:change': (change) => {
      settings = { ...settings, ...(change as Partial<typeof settings>) };
      return settings;
    },
  };
  return {
    answers,
    bridge: {
      invoke: async (name, argument) => {
        log.push({ name, argument });
        const answer = answers[name];
        if (answer === undefined) throw new Error(`the test did not expect ${name}`);
        return await answer(argument);
      },
      on: (name, listener) => {
        const all = listeners.get(name) ?? new Set();
        listeners.set(name, all.add(listener));
        return () => all.delete(listener);
      },
    },
    tell: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
    asked: (name) => log.filter((entry) => entry.name === name).map((entry) => entry.argument as never),
  };
}
