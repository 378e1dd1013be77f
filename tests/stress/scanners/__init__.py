"""How each scanner is called, jailed, and understood; `rules.yaml` are the desk's own rules for semgrep."""
