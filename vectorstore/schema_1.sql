-- The ledger, schema 1. Later schemas are added to it by the files beside this one. Days are integers, yyyymmdd.
-- A report is one day in one language.

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE days (
    day INTEGER NOT NULL,
    language TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    model TEXT NOT NULL,
    extractive INTEGER NOT NULL,
    papers INTEGER NOT NULL,
    PRIMARY KEY (day, language)
) WITHOUT ROWID;

CREATE TABLE papers (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    abstract TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    authors TEXT NOT NULL,
    links TEXT NOT NULL,
    published TEXT,
    arxiv_categories TEXT NOT NULL,
    votes INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    category TEXT,
    certainty REAL,
    decided_by TEXT
);
CREATE INDEX papers_by_title ON papers (title_key, first_day);
CREATE INDEX papers_by_first_day ON papers (first_day);

CREATE TABLE sightings (
    day INTEGER NOT NULL,
    language TEXT NOT NULL,
    paper_id TEXT NOT NULL REFERENCES papers (id),
    sources TEXT NOT NULL,
    PRIMARY KEY (day, language, paper_id),
    FOREIGN KEY (day, language) REFERENCES days (day, language) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX sightings_by_paper ON sightings (paper_id, day);

CREATE TABLE claims (
    day INTEGER NOT NULL,
    language TEXT NOT NULL,
    category TEXT NOT NULL, -- empty: the overview of the whole day
    part TEXT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    evidence TEXT NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (day, language, category, part, n),
    FOREIGN KEY (day, language) REFERENCES days (day, language) ON DELETE CASCADE
) WITHOUT ROWID;

-- Vectors are kept as soon as they are computed, often before their paper is remembered.
CREATE TABLE vectors (
    paper_id TEXT NOT NULL,
    embedder TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    vector BLOB NOT NULL, -- float32, little-endian
    PRIMARY KEY (paper_id, embedder)
);

-- Papers whose entry in the index is behind; written with the change, emptied when the index has it.
CREATE TABLE unindexed (
    paper_id TEXT PRIMARY KEY
) WITHOUT ROWID;

-- Counted, not stored: it cannot fall behind when an earlier day is written later.
CREATE VIEW day_category AS
SELECT
    seen.day,
    coalesce(p.category, '') AS category,
    count(*) FILTER (WHERE seen.day = work.first_day) AS new,
    count(*) FILTER (WHERE seen.day > work.first_day) AS repeats,
    count(*) AS total
FROM (SELECT DISTINCT day, paper_id FROM sightings) AS seen
JOIN papers AS p ON p.id = seen.paper_id
JOIN (SELECT title_key, min(first_day) AS first_day FROM papers GROUP BY title_key) AS work
    ON work.title_key = p.title_key
GROUP BY seen.day, coalesce(p.category, '');
