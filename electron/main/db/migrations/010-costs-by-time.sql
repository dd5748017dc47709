-- What pictures have cost since a moment, whoever made them: asked for with every look at the limits and costs.
CREATE INDEX image_generation_log_by_cost ON image_generation_log (requested_at, cost_micro_usd);
