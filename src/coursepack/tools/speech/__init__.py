"""What is said in a recording, and when: speech detection, drift of captions, alignment, drafts."""
