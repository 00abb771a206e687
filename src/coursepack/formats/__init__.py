"""One module per bundle format: which artefacts go where. Touches no disk."""
