/** Brings what a page's isolated world says to whoever listens in main. */
import { decode } from '../agents/codec.ts';
import type { FromPage } from '../agents/messages.ts';
import { cancelable } from '../events.ts';
import { askPermission } from '../session/permissions.ts';
import { answerInvoke, ipcMain, type IpcMain } from './ipc-main.ts';
import { receiveOnPort, takePort, type MessagePortMain, type PortCarrier } from './message-port.ts';

export async function dispatch(contents: Electron.WebContents, page: PortCarrier, message: FromPage): Promise<void> {
  const emitters = [contents.ipc as unknown as IpcMain, ipcMain];
  switch (message.op) {
    case 'hello':
      return;
    case 'send': {
      const event = Object.assign(eventFrom(contents), { reply: contents.send.bind(contents) });
      const args = decode(message.args) as unknown[];
      contents.emit('ipc-message', event, message.channel, ...args);
      for (const emitter of emitters) emitter.emit(message.channel, event, ...args);
      return;
    }
    case 'post': {
      const event = eventFrom(
        contents,
        message.ports.map((id) => takePort(page, id)),
      );
      for (const emitter of emitters) emitter.emit(message.channel, event, decode(message.message));
      return;
    }
    case 'invoke': {
      const { id, channel } = message;
      const result = await answerInvoke(emitters, channel, eventFrom(contents), decode(message.args) as unknown[]);
      if ('value' in result) page.deliver({ op: 'reply', id, value: result.value });
      else page.deliver({ op: 'failed', id, message: result.failure });
      return;
    }
    case 'port': {
      const ports = message.ports.map((id) => takePort(page, id));
      receiveOnPort(message.id, message.data, ports);
      return;
    }
    case 'ask': {
      const answer = await askPermission(contents, message.question);
      page.deliver({ op: 'asked', id: message.id, answer });
      return;
    }
    case 'preload-error': {
      const error = Object.assign(new Error(message.message), { stack: message.stack });
      contents.emit('preload-error', cancelable(), message.path, error);
    }
  }
}

function eventFrom(contents: Electron.WebContents, ports: MessagePortMain[] = []) {
  const { mainFrame } = contents;
  return cancelable({
    type: 'frame' as const,
    sender: contents,
    senderFrame: mainFrame,
    frameId: mainFrame.routingId,
    processId: mainFrame.processId,
    ports,
  });
}
