"""How customers can be reached, and who looked."""
