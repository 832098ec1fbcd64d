-- AlterTable
ALTER TABLE "placement_files" ADD COLUMN     "run" UUID;
