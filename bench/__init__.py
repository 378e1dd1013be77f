"""Speed and memory, measured against a floor application: `make bench`. See docs/bench.md."""
