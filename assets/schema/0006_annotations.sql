-- 2026-11-22: what the user says of deliveries, and what keeps the store from growing without end.
--
-- Nothing here is touched when a delivery is inserted.

-- A delivery with a row here is kept when old ones are deleted. There is no row that says nothing.
CREATE TABLE annotations (
    delivery INTEGER PRIMARY KEY,
    marked   INTEGER NOT NULL, -- 1: it is marked; 0: it is not
    note     TEXT,             -- NULL: none
    tags     TEXT              -- a JSON array; NULL: none
) STRICT;

CREATE TRIGGER annotation_deleted AFTER DELETE ON deliveries BEGIN
    DELETE FROM annotations WHERE delivery = old.id;
END;

-- Deliveries that somebody works with, such as a replay: they are not deleted meanwhile. Who died
-- without giving a span back keeps it no longer than until its end.
CREATE TABLE reserved (
    id       INTEGER PRIMARY KEY,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    ends_at  INTEGER NOT NULL  -- microseconds since 1970
) STRICT;

-- No delivery of the event came after this one. When all up to there are deleted, so is the count.
ALTER TABLE repeats ADD COLUMN up_to INTEGER NOT NULL DEFAULT 0;

UPDATE repeats SET up_to = (SELECT value FROM counters WHERE name = 'repeats_up_to');
