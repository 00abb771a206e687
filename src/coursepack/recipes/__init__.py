"""One module per artefact kind."""
