-- AlterTable
ALTER TABLE "torrents" ADD COLUMN     "client" TEXT;
