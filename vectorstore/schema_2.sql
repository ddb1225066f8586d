-- Schema 2: claims that can be searched, topics, proposals of categories.

-- What claims rest on, in English, once for all claims that rest on the same: what a search by vector compares.
CREATE TABLE passages (
    id TEXT PRIMARY KEY, -- names the text
    text TEXT NOT NULL,
    vector BLOB, -- float32, little-endian; null until it is computed
    indexed INTEGER NOT NULL DEFAULT 0 -- 0: the index may lack it, or may have it although no claim does any more
);
CREATE INDEX passages_by_state ON passages (indexed, id);
CREATE INDEX passages_lacking ON passages (id) WHERE vector IS NULL;

ALTER TABLE claims ADD COLUMN passage TEXT; -- empty: nothing to embed; null: not looked at yet
CREATE INDEX claims_by_passage ON claims (passage);

-- Categories that the model missed.
CREATE TABLE proposals (
    day INTEGER NOT NULL,
    language TEXT NOT NULL,
    paper_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (day, language, paper_id, name),
    FOREIGN KEY (day, language) REFERENCES days (day, language) ON DELETE CASCADE
) WITHOUT ROWID;

-- What papers speak of, read when it was last asked for, by which lexicon and in which text.
CREATE TABLE paper_topics (
    paper_id TEXT PRIMARY KEY REFERENCES papers (id) ON DELETE CASCADE,
    lexicon TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    topics TEXT NOT NULL
) WITHOUT ROWID;
