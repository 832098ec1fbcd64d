-- AlterTable
ALTER TABLE "content_claims" ADD COLUMN     "retries" INTEGER NOT NULL DEFAULT 0;
