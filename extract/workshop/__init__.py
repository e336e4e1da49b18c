"""The annotation workshop: what a person who reads numbers by hand needs around the gold files."""
