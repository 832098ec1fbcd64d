-- By hand: of what a webhook is still to be told, what is due first, and what comes first of a ticket.
CREATE INDEX "webhook_deliveries_due_idx" ON "webhook_deliveries" ("webhook_id", "due_at", "id") WHERE "dead_at" IS NULL;
CREATE INDEX "webhook_deliveries_ticket_idx" ON "webhook_deliveries" ("webhook_id", "ticket_id", "id") WHERE "dead_at" IS NULL;
