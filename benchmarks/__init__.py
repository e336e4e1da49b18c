"""What heshu costs: ``python -m benchmarks`` measures and prints; ``--write`` puts the figures into benchmarks/README.md."""
