"""What is true of a desk: regions, people, evidence, stages, checklists. No web words in here."""
