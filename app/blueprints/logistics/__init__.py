"""Pages of logistics: the board, what is needed, the grid."""
