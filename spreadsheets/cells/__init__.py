"""What people type into cells, read as values."""
