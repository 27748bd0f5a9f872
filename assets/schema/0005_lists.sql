-- 2026-11-22: which deliveries have what filters ask for.
--
-- Nothing here is written when a delivery is inserted: the lists follow while no delivery waits.
-- What lies behind `listed_up_to` is not listed yet.

-- Every combination that deliveries have had.
CREATE TABLE facets (
    facet      INTEGER PRIMARY KEY,
    endpoint   TEXT    NOT NULL,
    account    TEXT,
    method     TEXT    NOT NULL,
    provider   TEXT,
    event_kind TEXT,
    candidates TEXT,
    verdict    TEXT    NOT NULL,
    reason     TEXT,
    status     INTEGER NOT NULL,
    repeat     INTEGER NOT NULL -- 2: also every later one
) STRICT;

CREATE INDEX facets_by_value ON facets (
    endpoint, account, method, provider, event_kind, candidates, verdict, reason, status, repeat
);

-- The facet of every delivery that has one.
CREATE VIEW faceted AS
SELECT deliveries.id, facets.facet
FROM deliveries CROSS JOIN facets
ON facets.endpoint = deliveries.endpoint
AND facets.account IS deliveries.account
AND facets.method = deliveries.method
AND facets.provider IS deliveries.provider
AND facets.event_kind IS deliveries.event_kind
AND facets.candidates IS deliveries.candidates
AND facets.verdict = deliveries.verdict
AND facets.reason IS deliveries.reason
AND facets.status = deliveries.status
AND facets.repeat = min(deliveries.repeat, 2);

CREATE TABLE listed (
    facet INTEGER NOT NULL,
    id    INTEGER NOT NULL,
    PRIMARY KEY (facet, id)
) STRICT, WITHOUT ROWID;

-- When the deliveries of a stretch arrived, whatever the clock did meanwhile.
CREATE TABLE stretches (
    last_id  INTEGER PRIMARY KEY,
    first_id INTEGER NOT NULL,
    earliest INTEGER NOT NULL, -- microseconds since 1970
    latest   INTEGER NOT NULL
) STRICT;

INSERT INTO counters VALUES ('listed_up_to', 0);

CREATE TRIGGER delivery_unlisted BEFORE DELETE ON deliveries BEGIN
    DELETE FROM listed
    WHERE id = old.id AND facet = (SELECT facet FROM faceted WHERE id = old.id);
END;

CREATE TRIGGER delivery_changes
BEFORE UPDATE OF account, verdict, reason, status ON deliveries BEGIN
    DELETE FROM listed
    WHERE id = old.id AND facet = (SELECT facet FROM faceted WHERE id = old.id);
END;

CREATE TRIGGER delivery_changed
AFTER UPDATE OF account, verdict, reason, status ON deliveries
WHEN new.id <= (SELECT value FROM counters WHERE name = 'listed_up_to') BEGIN
    INSERT INTO facets (
        endpoint, account, method, provider, event_kind, candidates, verdict, reason, status, repeat
    )
    SELECT
        new.endpoint, new.account, new.method, new.provider, new.event_kind, new.candidates,
        new.verdict, new.reason, new.status, min(new.repeat, 2)
    WHERE NOT EXISTS (SELECT 1 FROM faceted WHERE id = new.id);
    INSERT INTO listed SELECT facet, id FROM faceted WHERE id = new.id;
END;
