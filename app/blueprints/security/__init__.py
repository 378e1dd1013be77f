"""Pages of security: the board, and a risk that came true."""
