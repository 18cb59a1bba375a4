/** `Notification`: shown to nobody. Clicks and actions come from whoever emits them. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { cancelable } from '../events.ts';
import { completeClass, type Part } from '../surface.ts';

export class Notification extends EventEmitter implements Part<Electron.Notification> {
  readonly id: string;
  readonly groupId: string;
  readonly groupTitle: string;
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  hasReply: boolean;
  replyPlaceholder: string;
  sound: string;
  urgency: Electron.Notification['urgency'];
  timeoutType: Electron.Notification['timeoutType'];
  actions: Electron.NotificationAction[];
  closeButtonText: string;
  #shown = false;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.id = options.id ?? randomUUID();
    this.groupId = options.groupId ?? '';
    this.groupTitle = options.groupTitle ?? '';
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent === true;
    this.hasReply = options.hasReply === true;
    this.replyPlaceholder = options.replyPlaceholder ?? '';
    this.sound = options.sound ?? '';
    this.urgency = options.urgency ?? 'normal';
    this.timeoutType = options.timeoutType ?? 'default';
    this.actions = options.actions ?? [];
    this.closeButtonText = options.closeButtonText ?? '';
  }

  show(): void {
    this.#shown = true;
    setImmediate(() => {
      if (this.#shown) this.emit('show', cancelable());
    });
  }

  close(): void {
    if (!this.#shown) return;
    this.#shown = false;
    setImmediate(() => this.emit('close', cancelable({ reason: 'applicationHidden' as const })));
  }

  static isSupported(): boolean {
    return true;
  }
}
completeClass(Notification, 'Notification');
