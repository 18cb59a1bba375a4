/**
 * `npm run homeserver`: a homeserver until Ctrl-C. Once it is ready one line of JSON goes to standard output,
 * `{"baseUrl": …, "turn": […]}`; anything else goes to standard error.
 */
import { startHomeserver } from './homeserver.ts';
import { toldToEnd } from './told-to-end.ts';

const told = toldToEnd();
try {
  const homeserver = await startHomeserver();
  console.log(JSON.stringify({ baseUrl: homeserver.baseUrl, turn: homeserver.turn }));
  await told;
  await homeserver.stop();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
