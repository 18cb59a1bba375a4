/** Plays what comes from the other party, so that tests can listen and look: one `<video>` for each stream. */

export interface Shown {
  readonly purpose: string;
  readonly stream: MediaStream;
}

/** Elements of streams that are shown already stay as they are. */
export function showStreams(streams: readonly Shown[]): void {
  const wanted = new Map(streams.map(({ stream, purpose }) => [stream.id, { stream, purpose }]));
  for (const element of document.querySelectorAll('video')) {
    if (!wanted.delete(element.id)) element.remove();
  }
  for (const [id, { stream, purpose }] of wanted) {
    const element = document.createElement('video');
    element.id = id;
    element.autoplay = true;
    element.dataset.purpose = purpose;
    element.srcObject = stream;
    document.body.append(element);
  }
}
