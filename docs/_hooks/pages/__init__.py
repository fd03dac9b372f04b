"""What a page shows: complete Markdown, lists, pictures. Pure."""
