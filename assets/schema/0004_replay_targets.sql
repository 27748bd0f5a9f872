-- 2026-11-22: where the deliveries of each endpoint were replayed to.
--
-- An address carries no user name and no password. The last twenty of an endpoint are kept.

CREATE TABLE replay_targets (
    endpoint TEXT    NOT NULL,
    url      TEXT    NOT NULL, -- an address
    used_at  INTEGER NOT NULL, -- microseconds since 1970, the last time
    PRIMARY KEY (endpoint, url)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER replay_target_used AFTER INSERT ON replay_targets BEGIN
    DELETE FROM replay_targets WHERE endpoint = NEW.endpoint AND url IN (
        SELECT url FROM replay_targets WHERE endpoint = NEW.endpoint
        ORDER BY used_at DESC, url LIMIT -1 OFFSET 20);
END;
