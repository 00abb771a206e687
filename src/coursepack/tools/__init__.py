"""The one process runner, ffmpeg, probing, images, templates."""
