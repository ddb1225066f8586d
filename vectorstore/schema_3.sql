-- Schema 3: items are kept; claims have a role instead of the parts of a section.

-- How a paper was told last, in each language: what a day that is resumed or written again takes over, and what is said
-- of a paper that returns.
CREATE TABLE items (
    paper_id TEXT NOT NULL REFERENCES papers (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    name TEXT NOT NULL, -- what the paper is called, also when its text changes; may be empty
    text_hash TEXT NOT NULL, -- of the text that the item tells
    quoted INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    item TEXT NOT NULL, -- JSON
    PRIMARY KEY (paper_id, language)
) WITHOUT ROWID;

CREATE TABLE claims_of_items (
    day INTEGER NOT NULL,
    language TEXT NOT NULL,
    category TEXT NOT NULL, -- empty: about the whole day
    role TEXT NOT NULL,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    evidence TEXT NOT NULL,
    facts TEXT NOT NULL,
    passage TEXT, -- empty: nothing to embed; null: not looked at yet
    PRIMARY KEY (day, language, category, role, n),
    FOREIGN KEY (day, language) REFERENCES days (day, language) ON DELETE CASCADE
) WITHOUT ROWID;

-- Parts become roles as they do in a published report of then. What rests on several papers is about the whole day.
-- Keywords were no claims, and nobody asks for them.
INSERT INTO claims_of_items
SELECT
    day, language, category, role,
    row_number() OVER (PARTITION BY day, language, category, role ORDER BY shared, part, home, n),
    kind, text, evidence, facts, passage
FROM (
    SELECT
        c.day, c.language, c.category AS home, c.part, c.n, c.kind, c.text, c.evidence, c.facts, c.passage, c.shared,
        iif(c.shared OR c.part = 'trend', '', c.category) AS category,
        CASE
            WHEN c.part = 'overview' THEN 'opening'
            WHEN c.part = 'trend' THEN 'flow'
            WHEN c.shared THEN iif(c.kind = 'analysis', 'thread', 'opening')
            WHEN c.part = 'headline' THEN iif(d.extractive, 'method', 'hook')
            WHEN c.part = 'themes' THEN iif(d.extractive, 'abstract', 'problem')
            WHEN c.part IN ('impact', 'outlook') AND c.kind = 'analysis' THEN 'note'
            ELSE 'result'
        END AS role
    FROM (
        SELECT
            *,
            part != 'overview' AND 1 < (
                SELECT count(DISTINCT json_extract(one.value, '$.paper_id')) FROM json_each(evidence) AS one
            ) AS shared
        FROM claims WHERE part != 'keywords'
    ) AS c
    JOIN days AS d ON d.day = c.day AND d.language = c.language
);
DROP TABLE claims;
ALTER TABLE claims_of_items RENAME TO claims;
CREATE INDEX claims_by_passage ON claims (passage);
