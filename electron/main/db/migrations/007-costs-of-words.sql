-- What words have cost, summed by day and month with every look at the costs.
CREATE INDEX messages_by_cost ON messages (updated_at, cost_micro_usd) WHERE kind = 'text' AND cost_micro_usd > 0;
