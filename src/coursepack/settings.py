"""Workspace and course settings: YAML to frozen structs."""
