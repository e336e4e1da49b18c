"""Ways of stating a fact: one module a rule."""
