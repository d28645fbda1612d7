"""quotebench: score who said what, and which news agency carried it."""
