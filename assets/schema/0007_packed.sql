-- 2026-11-22: bodies take less room, and what went out without a check of certificates says so.
--
-- Nothing here is touched when a delivery is inserted.

-- Bodies that are packed: compressed, as RFC 1950 (zlib) says. Whoever reads a delivery knows it by
-- a body that is shorter than its `body_size`, so that nothing can disagree; this tells how many
-- there are.
CREATE TABLE packed (
    delivery INTEGER PRIMARY KEY,
    size     INTEGER NOT NULL, -- bytes of the body as it came
    stored   INTEGER NOT NULL  -- bytes that it takes
) STRICT;

CREATE TRIGGER packed_deleted AFTER DELETE ON deliveries BEGIN
    DELETE FROM packed WHERE delivery = old.id;
END;

-- What was stored before stays as it is.
INSERT INTO counters
SELECT 'packed_up_to', max(value, (SELECT ifnull(max(id), 0) FROM deliveries))
FROM counters WHERE name = 'highest_deleted';

-- 1: anybody may have been at the other end; 0: the certificate was checked, or there was none.
ALTER TABLE attempts ADD COLUMN insecure INTEGER NOT NULL DEFAULT 0;

-- 1: the request's body is that of the delivery, which is not kept twice; request_body is empty.
ALTER TABLE attempts ADD COLUMN repeats_body INTEGER NOT NULL DEFAULT 0;
