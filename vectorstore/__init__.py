"""What the project remembers between days: papers, claims and vectors, and what is near what."""
