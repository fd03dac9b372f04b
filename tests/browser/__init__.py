"""The built site in a browser; a package, so that its browser ends with its tests."""
