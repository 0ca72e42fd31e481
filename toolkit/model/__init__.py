"""What things are: frozen dataclasses without files, tables or sentences."""
