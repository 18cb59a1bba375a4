/**
 * Every request of the browser that concerns us passes here (Chromium's Fetch domain, at the browser: pages alone would
 * miss workers): navigation events, `webRequest`, and the schemes that `protocol.handle` serves.
 */
import { ConnectionClosedError, ignoreGone, type CdpConnection, type Protocol } from '../cdp.ts';
import { chromium } from '../chromium.ts';
import { state } from '../process-state.ts';
import { fromChromium, handledPatterns, handlers, originOf, privileged, schemeOf } from '../schemes.ts';
import { pageOfFrame } from '../windows/page-registry.ts';
import { moments, onWebRequestChange } from './web-request.ts';

type Paused = Protocol.Fetch.requestPausedPayload;
type ResourceType = Electron.OnBeforeRequestListenerDetails['resourceType'];
type HeaderEntries = Protocol.Fetch.HeaderEntry[];

const resourceTypes: Partial<Record<Protocol.Network.ResourceType, ResourceType>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  WebSocket: 'webSocket',
};

/** To be called once Chromium runs. */
export async function startInterception(): Promise<void> {
  const { connection } = chromium();
  connection.on('Fetch.requestPaused', (paused) => {
    void handle(connection, paused);
  });
  onWebRequestChange(updateInterception);
  await enable(connection);
}

/** To be called whenever handlers came or went. Commands are ordered, so a later navigation finds them. */
export function updateInterception(): void {
  if (state.ready) ignoreGone(enable(chromium().connection));
}

async function enable(connection: CdpConnection): Promise<void> {
  const patterns: Protocol.Fetch.RequestPattern[] = handledPatterns().map((urlPattern) => ({ urlPattern }));
  patterns.push({ urlPattern: '*', resourceType: 'Document' });
  if (moments.beforeRequest.isSet() || moments.beforeSendHeaders.isSet()) patterns.push({ urlPattern: '*' });
  if (moments.headersReceived.isSet()) patterns.push({ urlPattern: '*', requestStage: 'Response' });
  await connection.send('Fetch.enable', { patterns });
}

async function handle(connection: CdpConnection, paused: Paused): Promise<void> {
  const { requestId } = paused;
  try {
    const isResponse = paused.responseStatusCode !== undefined || paused.responseErrorReason !== undefined;
    await (isResponse ? handleResponse(connection, paused) : handleRequest(connection, paused));
  } catch (error) {
    // The page left meanwhile, or everything ended.
    if (error instanceof ConnectionClosedError || String(error).includes('Invalid InterceptionId')) return;
    console.error(`electron-host: request for ${fromChromium(paused.request.url)} failed:`, error);
    ignoreGone(fail(connection, requestId, 'Failed'));
  }
}

async function handleRequest(connection: CdpConnection, paused: Paused): Promise<void> {
  const { requestId, request } = paused;
  const refuse = (errorReason: Protocol.Network.ErrorReason): Promise<void> => fail(connection, requestId, errorReason);

  if (paused.resourceType === 'Document' && !mayNavigate(paused)) return refuse('Aborted');
  const details = detailsOf(paused);
  const before = await moments.beforeRequest.ask({ ...details, uploadData: [] });
  if (before?.cancel === true) return refuse('BlockedByClient');

  const scheme = schemeOf(details.url);
  const handler = handlers.get(scheme);
  if (handler) return fulfil(connection, paused, handler);
  if (privileged.has(scheme)) return refuse('Failed');

  const sending = await moments.beforeSendHeaders.ask({ ...details, requestHeaders: request.headers });
  if (sending?.cancel === true) return refuse('BlockedByClient');
  const headers = sending?.requestHeaders && toEntries(sending.requestHeaders);
  await connection.send('Fetch.continueRequest', headers ? { requestId, headers } : { requestId });
}

async function handleResponse(connection: CdpConnection, paused: Paused): Promise<void> {
  const { requestId, responseStatusCode: statusCode = 0 } = paused;
  if (paused.responseErrorReason !== undefined) {
    await connection.send('Fetch.continueRequest', { requestId });
    return;
  }
  const headers = await askHeadersReceived(paused, statusCode, paused.responseHeaders ?? []);
  if (headers === 'cancel') return fail(connection, requestId, 'BlockedByClient');
  const changed = { requestId, responseCode: statusCode, responseHeaders: headers };
  await connection.send('Fetch.continueResponse', changed);
}

async function fail(
  connection: CdpConnection,
  requestId: string,
  errorReason: Protocol.Network.ErrorReason,
): Promise<void> {
  await connection.send('Fetch.failRequest', { requestId, errorReason });
}

/** Only navigations that a page began are put to the app; `loadURL` and `reload` are its own. */
function mayNavigate({ frameId, request }: Paused): boolean {
  const page = pageOfFrame(frameId);
  return !page || page.mayNavigate(request.url, frameId);
}

async function fulfil(
  connection: CdpConnection,
  paused: Paused,
  handler: (request: Request) => Response | Promise<Response>,
): Promise<void> {
  const { requestId } = paused;
  const url = fromChromium(paused.request.url);
  if (paused.resourceType === 'Other' && url.endsWith('/favicon.ico')) {
    await connection.send('Fetch.fulfillRequest', { requestId, responseCode: 204 }); // Electron asks for none
    return;
  }
  const response = await handler(asRequest(url, paused.request));
  const received = [...response.headers].map(([name, value]) => ({ name, value }));
  const responseHeaders = await askHeadersReceived(paused, response.status, received);
  if (responseHeaders === 'cancel') return fail(connection, requestId, 'BlockedByClient');
  const body = Buffer.from(await response.arrayBuffer()).toString('base64');
  // `Response.error()` has status 0.
  if (response.status === 0) return fail(connection, requestId, 'Failed');
  await connection.send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body });
}

function asRequest(url: string, { method, headers, postDataEntries }: Protocol.Network.Request): Request {
  const own = new Headers(headers);
  const origin = own.get('origin');
  if (origin !== null) own.set('origin', originOf(fromChromium(`${origin}/`)));
  const referer = own.get('referer');
  if (referer !== null) own.set('referer', fromChromium(referer));
  const body = postDataEntries && Buffer.concat(postDataEntries.map(({ bytes }) => Buffer.from(bytes ?? '', 'base64')));
  return new Request(url, {
    method,
    headers: own,
    body: method === 'GET' || method === 'HEAD' ? null : (body ?? null),
  });
}

async function askHeadersReceived(
  paused: Paused,
  statusCode: number,
  headers: HeaderEntries,
): Promise<HeaderEntries | 'cancel'> {
  const responseHeaders: Record<string, string[]> = {};
  for (const { name, value } of headers) (responseHeaders[name] ??= []).push(value);
  const statusLine = `HTTP/1.1 ${statusCode}`;
  const answer = await moments.headersReceived.ask({ ...detailsOf(paused), statusCode, statusLine, responseHeaders });
  if (answer?.cancel === true) return 'cancel';
  return answer?.responseHeaders ? toEntries(answer.responseHeaders) : headers;
}

function toEntries(headers: Record<string, string | string[]>): HeaderEntries {
  return Object.entries(headers).flatMap(([name, value]) => [value].flat().map((each) => ({ name, value: each })));
}

function detailsOf({ request, resourceType, frameId }: Paused) {
  const subframe = resourceType === 'Document' && pageOfFrame(frameId)?.isMainFrame(frameId) === false;
  return {
    id: 0,
    url: fromChromium(request.url),
    method: request.method,
    resourceType: subframe ? ('subFrame' as const) : (resourceTypes[resourceType] ?? ('other' as const)),
    referrer: fromChromium(request.headers.Referer ?? ''),
    timestamp: Date.now(),
  };
}
