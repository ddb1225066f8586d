-- Schema 4: withdrawn papers; papers with their sentences and links told apart; titles whose decimals count.

-- Papers that a day named as withdrawn. They need not be in papers: most are withdrawn before they are ever reported.
CREATE TABLE withdrawals (
    day INTEGER NOT NULL,
    language TEXT NOT NULL,
    paper_id TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    note TEXT NOT NULL,
    since INTEGER NOT NULL, -- the day on which the notice came first
    PRIMARY KEY (day, language, paper_id),
    FOREIGN KEY (day, language) REFERENCES days (day, language) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX withdrawals_by_paper ON withdrawals (paper_id, since);
CREATE INDEX withdrawals_by_title ON withdrawals (title_key, since);

ALTER TABLE papers ADD COLUMN resources TEXT NOT NULL DEFAULT '[]';
ALTER TABLE papers ADD COLUMN sentences TEXT NOT NULL DEFAULT '[]'; -- empty: split when the row is read

-- title_key() is domain.papers.title_key, which keeps the point of a decimal since this schema.
UPDATE papers SET title_key = title_key(title);
