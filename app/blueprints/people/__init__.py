"""Pages of people: who works here, what they hold, and what whoever runs the desk does about it."""
