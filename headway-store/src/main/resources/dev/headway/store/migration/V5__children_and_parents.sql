ALTER TABLE job ADD COLUMN on_parent_end TEXT NOT NULL DEFAULT 'CANCEL';
CREATE INDEX job_unended_children ON job (created_at, id)
  WHERE parent IS NOT NULL AND completed_at IS NULL;
