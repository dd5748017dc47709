-- Sums the cost of pictures since a time, whenever limits or costs are read.
CREATE INDEX image_generation_log_by_cost ON image_generation_log (requested_at, cost_micro_usd);
