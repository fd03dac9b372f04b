"""All that depends on MkDocs and its theme, and will end with them."""
