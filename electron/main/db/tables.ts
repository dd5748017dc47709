// The columns of each table as the migrations leave them. Row types follow from it; tables.test.ts compares it with
// the database.

export const tables = {
  conversations: {
    id: 'TEXT NOT NULL',
    title: 'TEXT NOT NULL',
    pinned: 'INTEGER NOT NULL',
    created_at: 'INTEGER NOT NULL',
    updated_at: 'INTEGER NOT NULL',
    deleted_at: 'INTEGER',
    purged_at: 'INTEGER',
    activity: 'INTEGER NOT NULL',
    revision: 'INTEGER NOT NULL',
    deletion: 'INTEGER',
  },
  messages: {
    id: 'TEXT NOT NULL',
    conversation_id: 'TEXT NOT NULL',
    group_id: 'TEXT',
    role: 'TEXT NOT NULL',
    kind: 'TEXT NOT NULL',
    status: 'TEXT NOT NULL',
    text: 'TEXT NOT NULL',
    prompt: 'TEXT',
    params: 'TEXT',
    parent_id: 'TEXT',
    provider: 'TEXT',
    model: 'TEXT',
    image_file: 'TEXT',
    width: 'INTEGER',
    height: 'INTEGER',
    bytes: 'INTEGER',
    thumbhash: 'BLOB',
    error_code: 'TEXT',
    error_message: 'TEXT',
    created_at: 'INTEGER NOT NULL',
    updated_at: 'INTEGER NOT NULL',
    thought_signature: 'TEXT',
    retry_at: 'INTEGER',
    picture_id: 'TEXT',
    waits: 'INTEGER NOT NULL',
    seq: 'INTEGER',
    revision: 'INTEGER NOT NULL',
    request_id: 'TEXT',
    stop_requested: 'INTEGER NOT NULL',
    fresh: 'INTEGER NOT NULL',
    notes: 'TEXT',
    branch: 'TEXT NOT NULL',
    version_of: 'TEXT',
    chosen_version: 'TEXT',
    dismissed: 'INTEGER NOT NULL',
    error_details: 'TEXT',
    answer_id: 'TEXT',
    answer_share_micro_usd: 'INTEGER',
    tile: 'TEXT',
    error_sentence: 'TEXT',
  },
  user_images: {
    id: 'TEXT NOT NULL',
    message_id: 'TEXT',
    file: 'TEXT NOT NULL',
    width: 'INTEGER NOT NULL',
    height: 'INTEGER NOT NULL',
    bytes: 'INTEGER NOT NULL',
    thumbhash: 'BLOB',
    prompt: 'TEXT NOT NULL',
    provider: 'TEXT NOT NULL',
    model: 'TEXT NOT NULL',
    params: 'TEXT',
    favourite: 'INTEGER NOT NULL',
    created_at: 'INTEGER NOT NULL',
    deleted_at: 'INTEGER',
    purged_at: 'INTEGER',
    missing_at: 'INTEGER',
    content_hash: 'BLOB',
    order_key: 'INTEGER',
    deletion: 'INTEGER',
    parent_id: 'TEXT',
  },
  image_generation_log: {
    id: 'TEXT NOT NULL',
    message_id: 'TEXT NOT NULL',
    provider: 'TEXT NOT NULL',
    model: 'TEXT NOT NULL',
    outcome: 'TEXT NOT NULL',
    error_code: 'TEXT',
    requested_at: 'INTEGER NOT NULL',
    duration_ms: 'INTEGER NOT NULL',
    cost_micro_usd: 'INTEGER',
    picture_id: 'TEXT',
  },
  charges: {
    id: 'TEXT NOT NULL',
    kind: 'TEXT NOT NULL',
    message_id: 'TEXT',
    provider: 'TEXT NOT NULL',
    model: 'TEXT',
    requested_at: 'INTEGER NOT NULL',
    state: 'TEXT NOT NULL',
    amount_micro_usd: 'INTEGER',
  },
  outbox: {
    id: 'TEXT NOT NULL',
    kind: 'TEXT NOT NULL',
    payload: 'TEXT NOT NULL',
    created_at: 'INTEGER NOT NULL',
  },
  settings: { key: 'TEXT NOT NULL', value: 'TEXT NOT NULL' },
  services: {
    id: 'TEXT NOT NULL',
    name: 'TEXT NOT NULL',
    kind: 'TEXT NOT NULL',
    address: 'TEXT',
    headers: 'TEXT NOT NULL',
    enabled: 'INTEGER NOT NULL',
    picture_model: 'TEXT',
    text_model: 'TEXT',
    limits: 'TEXT',
    position: 'INTEGER NOT NULL',
    removed_at: 'INTEGER',
  },
  view_state: { key: 'TEXT NOT NULL', value: 'TEXT NOT NULL' },
  edit_drafts: { image_id: 'TEXT NOT NULL', mask_id: 'TEXT', frame: 'TEXT', words: 'TEXT NOT NULL' },
  drafts: { conversation_id: 'TEXT NOT NULL', question_id: 'TEXT NOT NULL', draft: 'TEXT NOT NULL' },
  import_intents: {
    id: 'TEXT NOT NULL',
    name: 'TEXT NOT NULL',
    content_hash: 'BLOB NOT NULL',
    created_at: 'INTEGER NOT NULL',
  },
  collections: {
    id: 'TEXT NOT NULL',
    name: 'TEXT NOT NULL',
    query: 'TEXT',
    position: 'INTEGER NOT NULL',
    created_at: 'INTEGER NOT NULL',
    deleted_at: 'INTEGER',
  },
  collection_images: {
    collection_id: 'TEXT NOT NULL',
    image_id: 'TEXT NOT NULL',
    added_at: 'INTEGER NOT NULL',
    position: 'INTEGER NOT NULL',
  },
  workflows: {
    service_id: 'TEXT NOT NULL',
    name: 'TEXT NOT NULL',
    graph: 'TEXT NOT NULL',
    places: 'TEXT NOT NULL',
    position: 'INTEGER NOT NULL',
  },
  fingerprints: {
    id: 'INTEGER NOT NULL',
    image_id: 'TEXT NOT NULL',
    version: 'INTEGER NOT NULL',
    bytes: 'BLOB',
    stack: 'INTEGER',
    leads: 'INTEGER NOT NULL',
  },
  not_duplicates: { image_id: 'TEXT NOT NULL' },
  search_rows: { id: 'INTEGER NOT NULL', order_key: 'INTEGER NOT NULL' },
  message_search_rows: { id: 'INTEGER NOT NULL', message_id: 'TEXT NOT NULL' },
  message_search_queue: { message_id: 'TEXT NOT NULL' },
  search_queue: { order_key: 'INTEGER NOT NULL' },
} as const;

export type TableName = keyof typeof tables;

type ValueTypes = { TEXT: string; INTEGER: number; BLOB: Buffer };

type ValueOf<Declaration> = Declaration extends `${infer Type extends keyof ValueTypes} NOT NULL`
  ? ValueTypes[Type]
  : Declaration extends keyof ValueTypes
    ? ValueTypes[Declaration] | null
    : never;

/** A whole row of a table, as better-sqlite3 reads it. */
export type TableRow<Table extends TableName> = {
  -readonly [Column in keyof (typeof tables)[Table]]: ValueOf<(typeof tables)[Table][Column]>;
};

/** Columns of a row that are read together. */
export type RowOf<Table extends TableName, Column extends keyof TableRow<Table>> = Pick<
  TableRow<Table>,
  Column
>;
