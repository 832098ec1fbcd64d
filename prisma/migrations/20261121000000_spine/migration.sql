-- CreateTable
CREATE TABLE "tickets" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "state_data" JSONB NOT NULL,
    "stage" TEXT,
    "stage_version" INTEGER NOT NULL,
    "requested_by" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "request" JSONB NOT NULL,
    "request_hash" TEXT NOT NULL,
    "idempotency_key" TEXT,
    "work" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "crashes" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_transitions" (
    "seq" BIGSERIAL NOT NULL,
    "ticket_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "reason" TEXT,
    "details" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ticket_transitions_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" BIGSERIAL NOT NULL,
    "ticket_id" UUID,
    "event_type" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "payload" JSONB NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "ticket_id" UUID NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "candidates" (
    "ticket_id" UUID NOT NULL,
    "search_version" INTEGER NOT NULL,
    "idx" INTEGER NOT NULL,
    "torrent" JSONB NOT NULL,
    "score" DOUBLE PRECISION,
    "track_mapping" JSONB,
    "reasons" JSONB,

    CONSTRAINT "candidates_pkey" PRIMARY KEY ("ticket_id","search_version","idx")
);

-- CreateTable
CREATE TABLE "ticket_items" (
    "ticket_id" UUID NOT NULL,
    "item_id" TEXT NOT NULL,
    "idx" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "source_path" TEXT NOT NULL,
    "output_path" TEXT,
    "size" BIGINT,
    "sha256" TEXT,
    "info" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "crashes" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "ticket_items_pkey" PRIMARY KEY ("ticket_id","item_id")
);

-- CreateTable
CREATE TABLE "placement_files" (
    "ticket_id" UUID NOT NULL,
    "item_id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "dest" TEXT NOT NULL,
    "staged_path" TEXT NOT NULL,
    "backup_path" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_dirs" JSONB NOT NULL,
    "had_backup" BOOLEAN NOT NULL,

    CONSTRAINT "placement_files_pkey" PRIMARY KEY ("ticket_id","item_id")
);

-- CreateTable
CREATE TABLE "torrents" (
    "info_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "magnet_uri" TEXT,
    "torrent_file" BYTEA,
    "wanted" JSONB NOT NULL,
    "ratio" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(3),
    "goal_met_at" TIMESTAMPTZ(3),

    CONSTRAINT "torrents_pkey" PRIMARY KEY ("info_hash")
);

-- CreateTable
CREATE TABLE "torrent_uses" (
    "info_hash" TEXT NOT NULL,
    "ticket_id" UUID NOT NULL,

    CONSTRAINT "torrent_uses_pkey" PRIMARY KEY ("info_hash","ticket_id")
);

-- CreateIndex
CREATE INDEX "tickets_state_created_at_id_idx" ON "tickets"("state", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tickets_requested_by_state_created_at_id_idx" ON "tickets"("requested_by", "state", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "tickets_requested_by_idempotency_key_key" ON "tickets"("requested_by", "idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_transitions_ticket_id_version_key" ON "ticket_transitions"("ticket_id", "version");

-- CreateIndex
CREATE INDEX "audit_events_ticket_id_at_id_idx" ON "audit_events"("ticket_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_event_type_at_id_idx" ON "audit_events"("event_type", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "audit_events_actor_event_type_at_id_idx" ON "audit_events"("actor", "event_type", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "torrents_status_idx" ON "torrents"("status");

-- CreateIndex
CREATE INDEX "torrent_uses_ticket_id_idx" ON "torrent_uses"("ticket_id");

-- By hand below: what the schema language cannot say.

-- The rescue looks for turns that are on: few rows among many tickets.
CREATE INDEX "tickets_active_idx" ON "tickets" ("id") WHERE "stage" IS NOT NULL;

-- The audit is append-only, whoever is connected.
-- (The engine cuts a script at its semicolons, so the one inside the function is written \x3b.)
CREATE FUNCTION "audit_is_append_only"() RETURNS trigger LANGUAGE plpgsql
  AS E'BEGIN RAISE EXCEPTION ''audit_events is append-only''\x3b END';
CREATE TRIGGER "audit_events_no_change" BEFORE UPDATE OR DELETE ON "audit_events" FOR EACH ROW EXECUTE FUNCTION "audit_is_append_only"();
CREATE TRIGGER "audit_events_no_truncate" BEFORE TRUNCATE ON "audit_events" FOR EACH STATEMENT EXECUTE FUNCTION "audit_is_append_only"();
