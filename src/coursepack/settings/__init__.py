"""Workspace and course settings: YAML to frozen structs, strictly checked, with places.

The tables of keys in `course_fields` and `workspace_fields` drive both the checking and the JSON Schemas that
editors pick up, so the two cannot disagree. PyYAML is imported only when there is a file to read.
"""

from coursepack.settings.workspace import Workspace, load_workspace

__all__ = ["Workspace", "load_workspace"]
