-- CreateTable
CREATE TABLE "content_claims" (
    "ticket_id" UUID NOT NULL,
    "keys" BIGINT[],
    "primary_id" UUID,
    "released_from" UUID[] DEFAULT ARRAY[]::UUID[],
    "seq" BIGSERIAL NOT NULL,

    CONSTRAINT "content_claims_pkey" PRIMARY KEY ("ticket_id")
);

-- CreateIndex
CREATE INDEX "content_claims_keys_idx" ON "content_claims" USING GIN ("keys");

-- CreateIndex
CREATE INDEX "content_claims_primary_id_idx" ON "content_claims"("primary_id");

-- By hand below: what the schema language cannot say.

-- A claim comes with each search and is looked for by the next: a list of what is not sorted in yet would be read each time.
ALTER INDEX "content_claims_keys_idx" SET (fastupdate = off);
