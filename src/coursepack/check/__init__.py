"""Rules: one per file; each yields diagnostics about a course."""
