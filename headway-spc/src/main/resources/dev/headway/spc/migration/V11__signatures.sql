-- A change may be signed: what the signature means, and by what the signer was confirmed.
ALTER TABLE spc_audit ADD COLUMN signature_meaning TEXT;
ALTER TABLE spc_audit ADD COLUMN signature_proof TEXT;
ALTER TABLE spc_violation ADD COLUMN ack_meaning TEXT;
ALTER TABLE spc_violation ADD COLUMN closed_meaning TEXT;
