-- Sums the cost of text replies by day and month whenever costs are shown.
CREATE INDEX messages_by_cost ON messages (updated_at, cost_micro_usd) WHERE kind = 'text' AND cost_micro_usd > 0;
