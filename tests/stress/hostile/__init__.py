"""What the part `hostile` is made of: bad words, bad requests, and who judges the answers."""
