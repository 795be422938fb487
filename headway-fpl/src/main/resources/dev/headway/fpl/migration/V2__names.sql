-- What its owner calls an analysis: a scenario that is kept to be compared.
ALTER TABLE fpl_analysis ADD COLUMN name TEXT;
