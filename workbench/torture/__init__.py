"""Many people at work over HTTP, while what they work with is killed: ./dev torture."""
