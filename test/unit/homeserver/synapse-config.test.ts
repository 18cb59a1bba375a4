import { expect, test } from 'vitest';

import { synapseConfig, type SynapseSettings } from '../../homeserver/synapse-config.ts';

const settings: SynapseSettings = {
  serverName: 'example.test',
  port: 20_000,
  folder: '/run/here',
  signingKey: 'key',
  secret: 'secret',
  rateLimits: false,
  turn: null,
};

test('listens on loopback only and asks no other server for anything', () => {
  const config = synapseConfig(settings);
  expect(config.listeners).toMatchObject([{ port: 20_000, bind_addresses: ['127.0.0.1'] }]);
  expect(config).toMatchObject({ trusted_key_servers: [], federation_domain_whitelist: [], report_stats: false });
});

test("with rate limits on, Synapse's own apply: none is named", () => {
  const named = (rateLimits: boolean) =>
    Object.keys(synapseConfig({ ...settings, rateLimits })).filter((key) => key.startsWith('rc_'));
  expect(named(true)).toEqual([]);
  expect(named(false)).toContain('rc_message');
});

test('TURN servers are named only where there are some', () => {
  const turn = { uris: ['turn:127.0.0.1:20001'], secret: 's' };
  expect(synapseConfig({ ...settings, turn })).toMatchObject({ turn_uris: turn.uris, turn_shared_secret: 's' });
  expect(Object.keys(synapseConfig(settings)).filter((key) => key.startsWith('turn_'))).toEqual([]);
});
