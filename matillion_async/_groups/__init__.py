"""What groups of the API have beside their generated methods."""
