-- 2026-11-22: what is handed on as it arrives.
--
-- Nothing is written here when a delivery is inserted: what stands behind the position waits.

CREATE TABLE forwards (
    endpoint TEXT    NOT NULL,
    target   TEXT    NOT NULL, -- an address
    position INTEGER NOT NULL, -- the last delivery that is done with
    PRIMARY KEY (endpoint, target)
) STRICT, WITHOUT ROWID;
