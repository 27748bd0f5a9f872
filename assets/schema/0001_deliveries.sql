-- 2026-11-21: deliveries with what was concluded from them.
--
-- A migration is never edited after a release; what changes comes as the next number.
-- Nothing here but `repeats` has keys in random order: a random leaf page per delivery in the
-- write-ahead log would take most of the insert rate.

PRAGMA application_id = 1751872355; -- the letters hksc

CREATE TABLE deliveries (
    id            INTEGER PRIMARY KEY, -- counts up by one, never given twice
    uid           BLOB    NOT NULL,    -- 16 bytes, UUID v7
    received_at   INTEGER NOT NULL,    -- microseconds since 1970
    reading       INTEGER NOT NULL,    -- microseconds
    peer          TEXT    NOT NULL,
    endpoint      TEXT    NOT NULL,
    account       TEXT,
    method        TEXT    NOT NULL,
    version       TEXT    NOT NULL,
    provider      TEXT,
    event_kind    TEXT,
    candidates    TEXT,                -- a JSON array; NULL: the kind alone, or none
    resource_kind TEXT,
    resource_id   TEXT,
    resource_href TEXT,
    event_key     TEXT,
    occurred_at   INTEGER,             -- microseconds since 1970
    verdict       TEXT    NOT NULL,
    scheme        TEXT,
    reason        TEXT,
    message       TEXT,
    clues         TEXT,                -- a JSON array of [code, message]; NULL: none
    notes         TEXT,                -- a JSON array; NULL: none
    status        INTEGER NOT NULL,
    handshake     TEXT,                -- the scheme whose handshake it was
    brings_secret INTEGER NOT NULL,    -- the handshake brought a secret
    repeat        INTEGER NOT NULL,    -- the n-th of those with the same `sameness`
    sameness      INTEGER NOT NULL,    -- equal for deliveries of the same event at this endpoint
    headers_exact INTEGER NOT NULL,
    body_size     INTEGER NOT NULL,
    target        TEXT    NOT NULL,
    headers       BLOB    NOT NULL,    -- lines `Name: value` CRLF
    body          BLOB    NOT NULL
) STRICT;

-- How often each event came, as of the delivery `repeats_up_to`; later ones are counted again from
-- their own `repeat` when a store is opened.
CREATE TABLE repeats (
    sameness INTEGER PRIMARY KEY,
    count    INTEGER NOT NULL
) STRICT;

-- What must never come again, of deliveries that verified; only some schemes have such a thing.
CREATE TABLE nonces (
    nonce INTEGER PRIMARY KEY, -- 64 bits of a digest over endpoint and nonce
    id    INTEGER NOT NULL     -- the delivery that it came with first
) STRICT;

-- When deliveries were committed, written with the commit after that.
CREATE TABLE commits (
    last_id      INTEGER PRIMARY KEY,
    first_id     INTEGER NOT NULL,
    committed_at INTEGER NOT NULL      -- microseconds since 1970
) STRICT;

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counters VALUES ('deleted', 0), ('highest_deleted', 0), ('repeats_up_to', 0);

CREATE TRIGGER delivery_deleted AFTER DELETE ON deliveries BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'deleted';
    UPDATE counters SET value = max(value, old.id) WHERE name = 'highest_deleted';
END;

-- What was found first, for deliveries that were inspected again with another result.
CREATE TABLE first_findings (
    id      INTEGER PRIMARY KEY, -- that of the delivery
    verdict TEXT NOT NULL,
    scheme  TEXT,
    reason  TEXT,
    message TEXT,
    clues   TEXT,
    notes   TEXT
) STRICT;

CREATE TRIGGER first_finding_deleted AFTER DELETE ON deliveries BEGIN
    DELETE FROM first_findings WHERE id = old.id;
END;
