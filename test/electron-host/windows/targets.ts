/** What the browser tells of its targets as a whole: titles, ends, and popups that nobody asked for. */
import { ignoreGone, type CdpConnection } from '../cdp.ts';
import { pageOfTarget } from './page-registry.ts';

export async function watchTargets(connection: CdpConnection): Promise<void> {
  connection.on('Target.targetInfoChanged', ({ targetInfo }) => {
    pageOfTarget(targetInfo.targetId)?.setTitle(targetInfo.title);
  });
  connection.on('Target.targetDestroyed', ({ targetId }) => {
    pageOfTarget(targetId)?.end();
  });
  connection.on('Target.targetCreated', ({ targetInfo: { targetId, type, openerId } }) => {
    const isPopup = type === 'page' && openerId !== undefined && pageOfTarget(openerId) !== undefined;
    if (isPopup) ignoreGone(connection.send('Target.closeTarget', { targetId }));
  });
  await connection.send('Target.setDiscoverTargets', { discover: true });
}
