-- The span that a job was submitted in (W3C traceparent); null where that was not traced.
ALTER TABLE job ADD COLUMN traceparent TEXT;
