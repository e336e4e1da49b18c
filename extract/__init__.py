"""heshu: the numbers of Chinese reports, as facts, checked against each other."""
