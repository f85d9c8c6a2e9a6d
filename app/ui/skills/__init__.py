"""Skills: rated with evidence, compared with a role."""
