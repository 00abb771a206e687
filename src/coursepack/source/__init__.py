"""From files to a Course: scanning, settings, front matter, Markdown, sidecars."""
