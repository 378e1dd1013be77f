"""/pengaturan: where those who run the desk find everything that they may set."""
