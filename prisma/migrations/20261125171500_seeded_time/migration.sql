-- AlterTable
ALTER TABLE "torrents" ADD COLUMN     "seeded_secs" INTEGER NOT NULL DEFAULT 0;

-- By hand: nobody counted before. Until then the time since it was complete was what counted.
UPDATE "torrents" SET "seeded_secs" = least(greatest(extract(epoch FROM coalesce("goal_met_at", now()) - "completed_at"), 0), 2147483647)::integer
WHERE "completed_at" IS NOT NULL;
