-- AlterTable
ALTER TABLE "torrent_uses" ADD COLUMN     "wanted" JSONB;
