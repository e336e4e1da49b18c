"""Ways of writing a numeral: one module a pattern."""
