-- DropIndex: the new one on status, added_at and info_hash serves the same readings.
DROP INDEX "torrents_status_idx";

-- AlterTable
ALTER TABLE "torrents" ADD COLUMN     "indexer" TEXT,
ADD COLUMN     "last_accessed" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "min_ratio" DOUBLE PRECISION,
ADD COLUMN     "min_seed_time_secs" INTEGER,
ADD COLUMN     "pinned" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "search" tsvector;

-- CreateTable
CREATE TABLE "torrent_contents" (
    "info_hash" TEXT NOT NULL,
    "file_idx" INTEGER NOT NULL,
    "file_path" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "artist" TEXT,
    "album" TEXT,
    "track_name" TEXT,
    "duration_secs" DOUBLE PRECISION,
    "catalog_track_id" TEXT,
    "artist_key" TEXT,
    "album_key" TEXT,
    "track_key" TEXT,

    CONSTRAINT "torrent_contents_pkey" PRIMARY KEY ("info_hash","file_idx")
);

-- CreateTable
CREATE TABLE "artist_wishes" (
    "artist_key" TEXT NOT NULL,
    "ticket_id" UUID NOT NULL,
    "artist" TEXT NOT NULL,

    CONSTRAINT "artist_wishes_pkey" PRIMARY KEY ("artist_key","ticket_id")
);

-- CreateIndex
CREATE INDEX "torrents_status_added_at_info_hash_idx" ON "torrents"("status", "added_at" DESC, "info_hash" DESC);

-- CreateIndex
CREATE INDEX "torrents_search_idx" ON "torrents" USING GIN ("search");

-- By hand below: what the schema language cannot say.

-- Which torrent holds a track: most files of most torrents are no tracks.
CREATE INDEX "torrent_contents_names_idx" ON "torrent_contents" ("artist_key", "track_key") WHERE "track_key" IS NOT NULL;
CREATE INDEX "torrent_contents_track_idx" ON "torrent_contents" ("catalog_track_id", "track_key") WHERE "catalog_track_id" IS NOT NULL;

-- What may be cleaned up, least recently used first.
CREATE INDEX "torrents_cleanup_idx" ON "torrents" ("last_accessed", "info_hash") INCLUDE ("size_bytes") WHERE "status" = 'goal_met' AND NOT "pinned";
