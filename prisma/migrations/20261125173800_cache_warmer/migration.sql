-- AlterTable
ALTER TABLE "torrents" ADD COLUMN     "warmed_bytes" BIGINT;

-- AlterTable
ALTER TABLE "artist_wishes" ADD COLUMN     "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "cache_warmer" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "state" JSONB NOT NULL,

    CONSTRAINT "cache_warmer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "artist_wishes_at_idx" ON "artist_wishes"("at");
