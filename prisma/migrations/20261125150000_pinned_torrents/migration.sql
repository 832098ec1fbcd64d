-- By hand: what the schema language cannot say. Few are pinned among very many.
CREATE INDEX "torrents_pinned_idx" ON "torrents" ("info_hash") WHERE "pinned";
