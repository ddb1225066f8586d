-- Schema 5: the view is gone that nobody read.

DROP VIEW IF EXISTS day_category;
