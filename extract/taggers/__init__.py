"""What marks the words of a document: one module a tagger."""
