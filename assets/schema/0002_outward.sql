-- 2026-11-22: what goes out: attempts, the ledger of subscriptions, leases.
--
-- Nothing here is touched when a delivery is inserted. Bodies stand last, so that what is before
-- them is read without them.

CREATE TABLE attempts (
    id               INTEGER PRIMARY KEY AUTOINCREMENT, -- counts up, never given twice
    delivery         INTEGER,          -- the delivery that it is about; NULL: about none
    account          TEXT,
    purpose          TEXT    NOT NULL,
    url              TEXT    NOT NULL,
    started_at       INTEGER NOT NULL, -- microseconds since 1970
    connect          INTEGER,          -- microseconds; NULL: not reached, or a connection reused
    first_byte       INTEGER,          -- microseconds
    total            INTEGER NOT NULL, -- microseconds
    status           INTEGER,          -- NULL: no answer, but `error` and `message`
    error            TEXT,
    message          TEXT,
    method           TEXT    NOT NULL,
    target           TEXT    NOT NULL,
    version          TEXT    NOT NULL,
    request_exact    INTEGER NOT NULL,
    request_headers  BLOB    NOT NULL, -- lines `Name: value` CRLF
    response_exact   INTEGER,
    response_headers BLOB,
    request_body     BLOB    NOT NULL,
    response_body    BLOB
) STRICT;

CREATE INDEX attempts_of_delivery ON attempts (delivery) WHERE delivery IS NOT NULL;

CREATE INDEX fetches ON attempts (account, url)
    WHERE purpose = 'fetch' AND status >= 200 AND status < 300;

CREATE TRIGGER attempts_deleted AFTER DELETE ON deliveries BEGIN
    DELETE FROM attempts WHERE delivery = old.id;
END;

-- Every subscription that we asked a provider to make. Nothing is ever deleted from it.
CREATE TABLE ledger (
    id           INTEGER PRIMARY KEY,
    account      TEXT    NOT NULL,
    provider     TEXT    NOT NULL,
    requested_at INTEGER NOT NULL, -- microseconds since 1970, as are the times below
    target       TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    answer       BLOB,             -- NULL: none came
    subscription TEXT,             -- the provider's id of it; NULL: not known
    seen         TEXT,             -- a JSON object; NULL: never seen
    gone_since   INTEGER,
    deleted_at   INTEGER
) STRICT;

-- Every subscription that was pointed here for a while. Nothing is ever deleted from it.
CREATE TABLE leases (
    id              INTEGER PRIMARY KEY,
    account         TEXT    NOT NULL,
    subscription    TEXT    NOT NULL,
    previous_target TEXT    NOT NULL,
    target          TEXT    NOT NULL,
    taken_at        INTEGER NOT NULL, -- microseconds since 1970
    ended_at        INTEGER           -- NULL: it is open
) STRICT;
