// The tables, as a list of migrations: the n-th statement block takes a file from version n - 1 to n. A released block is
// never edited; a change is a new block.
//
// Inside the file people, conversations and devices are small integers (`key`), so that an entry of 200 characters costs
// some 290 bytes with its index, and UUIDs are 16 bytes.

export const MIGRATIONS: readonly string[] = [
  `
  -- The greatest value of 'touched' ever given; see Connection.tick.
  CREATE TABLE clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    touched INTEGER NOT NULL,
    pings INTEGER NOT NULL -- see Connection.ping
  ) STRICT;
  INSERT INTO clock VALUES (1, 0, 0);

  CREATE TABLE users (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    handle TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT, -- NULL: a placeholder
    claim_hash TEXT,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX users_claim ON users (claim_hash) WHERE claim_hash IS NOT NULL;

  -- Folded handle and folded name from each of its words on. Led by 'placeholder', so that the first matches of a search
  -- are one range of real accounts and, where it falls short, one of placeholders.
  CREATE TABLE search_terms (
    placeholder INTEGER NOT NULL,
    term TEXT NOT NULL,
    user_key INTEGER NOT NULL REFERENCES users,
    PRIMARY KEY (placeholder, term, user_key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sessions (
    id BLOB PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    user_key INTEGER NOT NULL REFERENCES users,
    device BLOB NOT NULL,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_user ON sessions (user_key);
  CREATE INDEX sessions_expiry ON sessions (expires_at);

  CREATE TABLE conversations (
    key INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    kind INTEGER NOT NULL, -- 0 direct, 1 group
    head INTEGER NOT NULL DEFAULT 0,
    touched INTEGER NOT NULL, -- last entry or change of name or membership
    member_count INTEGER NOT NULL,
    creator_key INTEGER NOT NULL REFERENCES users,
    peer_key INTEGER REFERENCES users, -- the other one of a direct conversation
    created_at INTEGER NOT NULL,
    name TEXT NOT NULL
  ) STRICT;
  -- A pair has no order: whoever asked first, there is one conversation.
  CREATE UNIQUE INDEX conversations_pair ON conversations (min(creator_key, peer_key), max(creator_key, peer_key)) WHERE kind = 0;

  -- Clustered by user: an inbox is one range. Nothing in it is written by an append, so that a room of 500 costs no more
  -- than a pair.
  CREATE TABLE members (
    user_key INTEGER NOT NULL REFERENCES users,
    conversation_key INTEGER NOT NULL REFERENCES conversations,
    role INTEGER NOT NULL, -- 0 member, 1 admin, 2 owner
    delivered INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    touched INTEGER NOT NULL, -- joined, or own read mark moved
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (user_key, conversation_key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX members_conversation ON members (conversation_key, user_key);

  -- Who has left what, until they come back: a device that was away asks what it has to forget.
  CREATE TABLE departures (
    user_key INTEGER NOT NULL REFERENCES users,
    conversation_key INTEGER NOT NULL REFERENCES conversations,
    touched INTEGER NOT NULL,
    PRIMARY KEY (user_key, conversation_key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE devices (key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE) STRICT;

  -- Clustered by conversation: a segment, a tail and an unread count are each one range of neighbouring pages.
  -- Its keys are looked up in the transaction that inserts, so foreign keys would only look them up again.
  CREATE TABLE entries (
    conversation_key INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    author_key INTEGER NOT NULL,
    device_key INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (conversation_key, seq)
  ) STRICT, WITHOUT ROWID;
  -- An id is unique in its conversation, whoever wrote it, because replies refer to it alone. The id leads: UUIDv7s of all
  -- conversations arrive in order of time, so a group commit over 50 conversations adds to one page of this index, not 50.
  CREATE UNIQUE INDEX entries_id ON entries (id, conversation_key);

  CREATE TABLE personal_documents (
    user_key INTEGER PRIMARY KEY REFERENCES users,
    generation INTEGER NOT NULL,
    up_to INTEGER NOT NULL, -- updates numbered up to here are in the snapshot
    snapshot BLOB
  ) STRICT;
  CREATE TABLE personal_updates (
    user_key INTEGER NOT NULL REFERENCES users,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (user_key, number)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Of the messages in view, which entries say something about them: an annotation may stand anywhere after its message.
  CREATE TABLE annotations (
    conversation_key INTEGER NOT NULL,
    target INTEGER NOT NULL, -- seq of the message
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    PRIMARY KEY (conversation_key, target, seq)
  ) STRICT, WITHOUT ROWID;
  -- What an inbox shows as the last one. Until now every entry was a message.
  ALTER TABLE conversations ADD COLUMN last_message INTEGER NOT NULL DEFAULT 0;
  UPDATE conversations SET last_message = head;
  `,
  `
  ALTER TABLE users ADD COLUMN administrator INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE users ADD COLUMN blocked_at INTEGER; -- NULL: may sign in
  CREATE INDEX users_administrator ON users (administrator) WHERE administrator = 1;
  -- Somebody has to be the first; whoever was here first mostly runs the server.
  UPDATE users SET administrator = 1
    WHERE key = (SELECT key FROM users WHERE password_hash IS NOT NULL ORDER BY created_at, key LIMIT 1);

  -- What is changed while the server runs.
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE invites (
    id BLOB PRIMARY KEY, -- UUIDv7: in order of creation
    code_hash TEXT NOT NULL UNIQUE,
    note TEXT NOT NULL,
    creator_key INTEGER REFERENCES users, -- NULL: the command line
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    max_uses INTEGER NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE audit (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor_key INTEGER REFERENCES users, -- NULL: the command line
    act TEXT NOT NULL,
    subject_key INTEGER REFERENCES users,
    detail TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'The audit log is append-only.'); END;
  CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'The audit log is append-only.'); END;
  `,
  `
  ALTER TABLE conversations ADD COLUMN topic TEXT NOT NULL DEFAULT '';
  -- From which role on a member may write, add others, pin, and change name and topic.
  ALTER TABLE conversations ADD COLUMN writers INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversations ADD COLUMN inviters INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE conversations ADD COLUMN pinners INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversations ADD COLUMN describers INTEGER NOT NULL DEFAULT 1;

  -- Which entries are events and erasures.
  CREATE TABLE control (
    conversation_key INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (conversation_key, seq)
  ) STRICT, WITHOUT ROWID;
  -- How many entries of a segment are stubs; no row: none.
  CREATE TABLE generations (
    conversation_key INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    stubs INTEGER NOT NULL,
    PRIMARY KEY (conversation_key, segment)
  ) STRICT, WITHOUT ROWID;
  -- What a device that was away has to erase.
  CREATE TABLE erasures (
    conversation_key INTEGER NOT NULL,
    touched INTEGER NOT NULL,
    target INTEGER NOT NULL, -- seq of the message
    PRIMARY KEY (conversation_key, touched, target)
  ) STRICT, WITHOUT ROWID;
  -- What is pinned now.
  CREATE TABLE pins (
    conversation_key INTEGER NOT NULL,
    target INTEGER NOT NULL,
    seq INTEGER NOT NULL, -- of the entry that pinned it
    PRIMARY KEY (conversation_key, target)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE users ADD COLUMN status TEXT; -- JSON; NULL: none
  ALTER TABLE users ADD COLUMN dnd TEXT; -- JSON; NULL: may be disturbed
  ALTER TABLE users ADD COLUMN presence_audience TEXT NOT NULL DEFAULT 'everyone';
  ALTER TABLE users ADD COLUMN private_receipts INTEGER NOT NULL DEFAULT 0;
  -- When name, picture, status or do not disturb last changed, on the clock of 'touched'.
  ALTER TABLE users ADD COLUMN profile_touched INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX users_profile ON users (profile_touched) WHERE profile_touched > 0;

  CREATE TABLE pictures (
    id BLOB PRIMARY KEY, -- SHA-256 of the content
    type TEXT NOT NULL,
    content BLOB NOT NULL
  ) STRICT;
  -- The owner is a person or a conversation: their ids never meet.
  CREATE TABLE picture_owners (owner BLOB PRIMARY KEY, picture BLOB NOT NULL REFERENCES pictures) STRICT, WITHOUT ROWID;
  CREATE INDEX picture_owners_picture ON picture_owners (picture);

  CREATE TABLE blocks (
    user_key INTEGER NOT NULL REFERENCES users,
    blocked_key INTEGER NOT NULL REFERENCES users,
    at INTEGER NOT NULL,
    PRIMARY KEY (user_key, blocked_key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX blocks_blocked ON blocks (blocked_key, user_key);

  CREATE TABLE reports (
    id BLOB PRIMARY KEY, -- UUIDv7: in order of time
    at INTEGER NOT NULL,
    reporter_key INTEGER NOT NULL REFERENCES users,
    about_key INTEGER NOT NULL REFERENCES users,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    conversation BLOB,
    shown TEXT NOT NULL, -- JSON: what the entries said
    resolved_at INTEGER,
    resolver_key INTEGER REFERENCES users -- NULL: the command line
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Which messages call whom. User 0 is everyone who was in the conversation.
  CREATE TABLE mentions (
    user_key INTEGER NOT NULL,
    conversation_key INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (user_key, conversation_key, seq)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The directory: channels by the last thing that happened in them.
  CREATE INDEX conversations_channels ON conversations (touched DESC, id) WHERE kind = 2;
  -- Folded name from each of its words on.
  CREATE TABLE channel_terms (
    conversation_key INTEGER NOT NULL REFERENCES conversations,
    term TEXT NOT NULL,
    PRIMARY KEY (conversation_key, term)
  ) STRICT, WITHOUT ROWID;

  -- Links into groups and channels; only a hash of the code.
  CREATE TABLE join_links (
    id BLOB PRIMARY KEY, -- UUIDv7: in order of creation
    code_hash TEXT NOT NULL UNIQUE,
    conversation_key INTEGER NOT NULL REFERENCES conversations,
    creator_key INTEGER NOT NULL REFERENCES users,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    max_uses INTEGER NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    approval INTEGER NOT NULL, -- 1: asks instead of letting in
    revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX join_links_conversation ON join_links (conversation_key, id);
  CREATE TABLE join_requests (
    conversation_key INTEGER NOT NULL REFERENCES conversations,
    user_key INTEGER NOT NULL REFERENCES users,
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation_key, user_key)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Messages that were replied to.
  CREATE TABLE threads (
    conversation_key INTEGER NOT NULL,
    root INTEGER NOT NULL, -- seq of the message
    last_seq INTEGER NOT NULL, -- of the last reply
    replies INTEGER NOT NULL, -- without those erased
    PRIMARY KEY (conversation_key, root)
  ) STRICT, WITHOUT ROWID;
  -- Who follows them. Clustered as an inbox asks; no append writes here but for those who take part in the thread.
  CREATE TABLE thread_members (
    user_key INTEGER NOT NULL REFERENCES users,
    conversation_key INTEGER NOT NULL REFERENCES conversations,
    root INTEGER NOT NULL,
    read INTEGER NOT NULL, -- seq of the last reply that was read
    PRIMARY KEY (user_key, conversation_key, root)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX thread_members_thread ON thread_members (conversation_key, root, user_key);
  `,
  `
  -- Who may not join (again).
  CREATE TABLE bans (
    conversation_key INTEGER NOT NULL REFERENCES conversations,
    user_key INTEGER NOT NULL REFERENCES users,
    by_key INTEGER NOT NULL REFERENCES users,
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation_key, user_key)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The last reply, or edit of one, that called somebody for the first time; 0: none did.
  ALTER TABLE threads ADD COLUMN last_call INTEGER NOT NULL DEFAULT 0;
  -- Who was ever called by a message or a reply, by which entry first, and whether it calls them still.
  CREATE TABLE calls (
    user_key INTEGER NOT NULL, -- 0: everyone who was in the conversation
    conversation_key INTEGER NOT NULL,
    thread INTEGER NOT NULL, -- of a reply, the root; 0 for a message
    seq INTEGER NOT NULL, -- the message itself, or an edit of it
    message INTEGER NOT NULL,
    calls INTEGER NOT NULL, -- 0: an edit took it away
    PRIMARY KEY (user_key, conversation_key, thread, seq)
  ) STRICT, WITHOUT ROWID;
  -- What an erased message said is gone, and with it whom it called.
  INSERT INTO calls SELECT user_key, m.conversation_key, 0, m.seq, m.seq, 1 FROM mentions m
    JOIN entries e ON e.conversation_key = m.conversation_key AND e.seq = m.seq WHERE e.kind = 0;
  DROP TABLE mentions;
  ALTER TABLE calls RENAME TO mentions;
  CREATE UNIQUE INDEX mentions_message ON mentions (conversation_key, message, user_key);
  `,
  `
  ALTER TABLE reports ADD COLUMN resolved_words TEXT NOT NULL DEFAULT '';
  -- Which reports hold copies of a message, so that these go with it.
  CREATE TABLE report_copies (
    entry BLOB NOT NULL,
    report BLOB NOT NULL REFERENCES reports,
    PRIMARY KEY (entry, report)
  ) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO report_copies SELECT unhex(copy.value ->> 'id', '-'), reports.id FROM reports, json_each(shown) AS copy;
  UPDATE reports SET shown = (
    SELECT json_group_array(json(iif(
      EXISTS (SELECT 1 FROM entries WHERE id = unhex(copy.value ->> 'id', '-') AND kind = 5), json_set(copy.value, '$.texts', json('[]')), copy.value
    )) ORDER BY copy.key) FROM json_each(shown) AS copy
  ) WHERE resolved_at IS NOT NULL;
  `,
  `
  -- Who asked to be let in, was declined, and has not read so yet.
  CREATE TABLE declined_requests (
    user_key INTEGER NOT NULL REFERENCES users,
    conversation_key INTEGER NOT NULL REFERENCES conversations,
    PRIMARY KEY (user_key, conversation_key)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What devices changed of their person's settings, so that what is sent again is not made again.
  CREATE TABLE made_changes (
    number INTEGER PRIMARY KEY,
    user_key INTEGER NOT NULL REFERENCES users,
    device_key INTEGER NOT NULL REFERENCES devices,
    change BLOB NOT NULL,
    UNIQUE (device_key, user_key, change)
  ) STRICT;
  CREATE INDEX made_changes_device ON made_changes (device_key, number);
  `,
  `
  -- Of a member's registers what others may be told: they stay where they were while the member keeps receipts private.
  ALTER TABLE members ADD COLUMN told_delivered INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE members ADD COLUMN told_read INTEGER NOT NULL DEFAULT 0;
  UPDATE members SET told_delivered = delivered, told_read = read WHERE (SELECT private_receipts FROM users WHERE key = user_key) = 0;
  `,
]
