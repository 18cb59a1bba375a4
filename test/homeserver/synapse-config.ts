/** What our Synapse is told. Pure: everything random or chosen comes in. */

export interface SynapseSettings {
  readonly serverName: string;
  readonly port: number;
  /** Absolute; for the database, media and the process id. */
  readonly folder: string;
  /** 32 bytes, base64 without padding. */
  readonly signingKey: string;
  readonly secret: string;
  /** False: limits so high that no test meets them. True: Synapse's own. */
  readonly rateLimits: boolean;
  readonly turn: { readonly uris: readonly string[]; readonly secret: string } | null;
  /** What else, or otherwise, by the names of the configuration manual. */
  readonly more?: Readonly<Record<string, unknown>>;
}

const generous = { per_second: 10_000, burst_count: 10_000 };
const noLimits = {
  rc_message: generous,
  rc_registration: generous,
  rc_login: { address: generous, account: generous, failed_attempts: generous },
  rc_joins: { local: generous, remote: generous },
  rc_joins_per_room: generous,
  rc_invites: { per_room: generous, per_user: generous, per_issuer: generous },
  rc_room_creation: generous,
};

/** The content of homeserver.yaml, written as JSON, which is YAML. Names: Synapse's configuration manual. */
export function synapseConfig(settings: SynapseSettings): Record<string, unknown> {
  const { folder, port, turn } = settings;
  return {
    server_name: settings.serverName,
    public_baseurl: `http://127.0.0.1:${port}/`,
    serve_client_wellknown: true,
    listeners: [
      {
        type: 'http',
        port,
        tls: false,
        bind_addresses: ['127.0.0.1'],
        resources: [{ names: ['client', 'openid', 'media'], compress: false }],
      },
    ],
    database: { name: 'sqlite3', args: { database: `${folder}/homeserver.db` } },
    media_store_path: `${folder}/media`,
    pid_file: `${folder}/synapse.pid`,
    log_config: `${folder}/log.yaml`,

    signing_key: `ed25519 a_test ${settings.signingKey}`,
    macaroon_secret_key: settings.secret,
    form_secret: settings.secret,
    // Nobody else's servers are asked for anything.
    trusted_key_servers: [],
    federation_domain_whitelist: [],
    report_stats: false,

    enable_registration: true,
    enable_registration_without_verification: true,
    bcrypt_rounds: 4,
    user_directory: { enabled: true, search_all_users: true, prefer_local_users: true },
    presence: { enabled: false },
    // A new database is brought up to date at once instead of over a minute; people are found from the first second.
    background_updates: { sleep_enabled: false },

    max_event_delay_duration: '24h',
    experimental_features: { msc4143_enabled: true, msc4222_enabled: true },

    ...(settings.rateLimits ? {} : noLimits),
    ...(turn === null
      ? {}
      : { turn_uris: turn.uris, turn_shared_secret: turn.secret, turn_user_lifetime: '1h', turn_allow_guests: false }),
    ...settings.more,
  };
}

/** Synapse's log.yaml: warnings only, to standard error. */
export const synapseLogConfig = {
  version: 1,
  formatters: { plain: { format: '%(asctime)s %(levelname)s %(name)s %(message)s' } },
  handlers: { console: { class: 'logging.StreamHandler', formatter: 'plain' } },
  root: { level: 'WARNING', handlers: ['console'] },
  disable_existing_loggers: false,
};
