"""The map of themes, edits with a preview of what they move, and audits."""
