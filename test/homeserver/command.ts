/**
 * `npm run homeserver`: a homeserver until Ctrl-C. Once it is ready one line of JSON goes to standard output,
 * `{"baseUrl": …, "turn": […]}`; anything else goes to standard error.
 */
import { startHomeserver } from './homeserver.ts';

const told = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
});

try {
  const homeserver = await startHomeserver();
  console.log(JSON.stringify({ baseUrl: homeserver.baseUrl, turn: homeserver.turn }));
  // Signals alone do not keep the process alive.
  const alive = setInterval(() => undefined, 60_000);
  await told;
  clearInterval(alive);
  await homeserver.stop();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
