"""/pustaka: the checklist library, its drafts and what publishing them does."""
