/**
 * What is wrong with an `m.call.*` event, by the official event schemas (matrix/schema) and by what the specification says
 * only in words. Strict where the product is tolerant: this measures what we send, not what we take.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

export type Content = Readonly<Record<string, unknown>>;

const folder = path.join(import.meta.dirname, 'matrix/schema');
const proposals = path.join(import.meta.dirname, 'proposals');
const base = 'https://spec.matrix.org/event-schemas/schema/';
/** What the homeserver adds to every event; the schemas ask for it. */
const envelope = { event_id: '$event', room_id: '!room:example.org', sender: '@user:example.org', origin_server_ts: 1 };

const validators = compile();
/** Of the specification. */
export const callEventTypes: readonly string[] = [...validators.keys()];

/** Proposals that we follow before they are merged. They came after version 0. */
const proposed = compileProposals();

/** One line for each fault; none for a good event. Version 0 is measured by its own, shorter, rules. */
export function validateCallEvent(type: string, content: Content): readonly string[] {
  const validate = validators.get(type) ?? proposed.get(type);
  if (validate === undefined) return [`${type}: not an event of the specification`];
  const faults =
    content.version === 0
      ? [...schemaFaults(validate, type, asVersionOne(type, content)), ...versionZeroFaults(type, content)]
      : [...schemaFaults(validate, type, content), ...versionOneFaults(content)];
  return [...faults, ...faultsInWords(type, content)].map((fault) => `${type}: ${fault}`);
}

function compile(): ReadonlyMap<string, ValidateFunction> {
  // Not strict: the schemas carry notes of the specification's own, `x-weight` and the like, and formats of Matrix's.
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  for (const file of files) {
    // References between the files are relative to their places.
    ajv.addSchema(parse(readFileSync(path.join(folder, file), 'utf8')) as object, new URL(file, base).href);
  }
  const found = new Map<string, ValidateFunction>();
  for (const file of files.filter((name) => name.startsWith('m.call.'))) {
    const validate = ajv.getSchema(new URL(file, base).href);
    if (validate !== undefined) found.set(file.replace(/\.yaml$/, ''), validate);
  }
  return found;
}

function compileProposals(): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const files = readdirSync(proposals).filter((file) => file.endsWith('.yaml'));
  return new Map(
    files.map((file) => {
      const schema = parse(readFileSync(path.join(proposals, file), 'utf8')) as object;
      return [file.replace(/\.yaml$/, ''), ajv.compile(schema)];
    }),
  );
}

function schemaFaults(validate: ValidateFunction, type: string, content: Content): string[] {
  if (validate({ ...envelope, type, content })) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath.slice(1)} ${message ?? ''}`);
}

/** E9: the schema asks for a string, the words beside it for the integer 0 as well. V0-06, V1-10: version 0 has neither party nor, mostly, reason. */
function asVersionOne(type: string, content: Content): Content {
  const missing = type === 'm.call.hangup' ? { party_id: '0', reason: 'user_hangup' } : { party_id: '0' };
  return { ...missing, ...content, version: '0' };
}

const versionZeroTypes = ['m.call.invite', 'm.call.candidates', 'm.call.answer', 'm.call.hangup'];

function versionZeroFaults(type: string, { reason }: Content): string[] {
  const faults: string[] = [];
  if (!versionZeroTypes.includes(type)) faults.push('version 0 has no such event');
  if (reason !== undefined && reason !== 'ice_failed' && reason !== 'invite_timeout') {
    faults.push('version 0 has the reasons ice_failed and invite_timeout only'); // V0-06
  }
  return faults;
}

/** "This specification is version 1." V1-01 */
const versionOneFaults = ({ version }: Content): string[] => (version === '1' ? [] : ['version is not "1"']);

/** Specification, appendices, "Opaque Identifiers". V1-04 */
const opaque = /^[0-9A-Za-z._~-]{1,255}$/;
const opaqueKeys = ['call_id', 'party_id', 'selected_party_id', 'replacement_id', 'create_call', 'await_call'];
const streamKeys = ['purpose', 'audio_muted', 'video_muted'];

function faultsInWords(type: string, content: Content): string[] {
  const faults: string[] = [];
  for (const key of opaqueKeys) {
    const value = content[key];
    if (typeof value === 'string' && !opaque.test(value)) faults.push(`${key} is not an opaque identifier`);
  }
  if (type === 'm.call.reject' && 'reason' in content) faults.push('has a reason'); // AN-15
  if (typeof content.lifetime === 'number' && content.lifetime <= 0) faults.push('lifetime is over before it began');
  for (const candidate of records(content.candidates)) {
    const isPlaced = 'sdpMid' in candidate || 'sdpMLineIndex' in candidate;
    if (candidate.candidate !== '' && !isPlaced) faults.push('a candidate has neither sdpMid nor sdpMLineIndex');
  }
  for (const stream of records(content.sdp_stream_metadata)) {
    // E17: unknown keys are allowed by the schema; the official example has such a one, and it is a mistake.
    const unknown = Object.keys(stream).filter((key) => !streamKeys.includes(key));
    for (const key of unknown) faults.push(`stream metadata has a strange key ${JSON.stringify(key)}`);
  }
  return faults;
}

/** The objects in a list or a map; what is neither, the schemas have found fault with. */
const records = (value: unknown): Content[] =>
  Object.values(typeof value === 'object' && value !== null ? value : {}).filter(
    (entry): entry is Content => typeof entry === 'object' && entry !== null,
  );
