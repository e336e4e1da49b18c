"""What the numbers of a document promise each other: one module a check."""
