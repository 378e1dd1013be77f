"""Pages of the elections: the list, the voting day, the next one made from an earlier one, and handing over."""
